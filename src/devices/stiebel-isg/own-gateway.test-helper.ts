import { z } from 'zod'
import { runFeed } from '../../collect/run-feed.ts'
import type { Clock } from '../../core/clock.ts'
import type { Device } from '../../core/driver.ts'
import { HearthError } from '../../core/errors.ts'
import type { HttpAnswer, HttpClient, HttpRequest } from '../../core/http.ts'
import type { Log } from '../../core/log.ts'
import { Secret } from '../../core/secret.ts'
import type { SettingsKit } from '../../core/settings.ts'
import { createExposition } from '../../expose/exposition.ts'
import { createSlot } from '../../store/slot.ts'
import { fakeClock } from '../../testing/fake-clock.ts'
import { testUse } from '../../testing/use.ts'
import { stiebelIsg } from './index.ts'

/** Key and text of the value cell; `null` is the picture of a state that is on. */
export type OwnRow = readonly [key: string, value: string | null]
export type OwnTables = Readonly<Record<string, readonly OwnRow[]>>

/** A page as the gateway makes it, elements closed in its wrong order. */
export function ownPage(tables: OwnTables, { language = 'DEUTSCH', firmware = 'v12.1.1' } = {}): string {
  const body = Object.entries(tables).map(([heading, rows]) => {
    const lines = rows.map(([key, value], i) => {
      const cell = value === null ? '<img src="./pics/ste-symbol_an-97b765.png">' : value
      return `<tr class="${i % 2 === 0 ? 'even' : 'odd'}"><td class="key">${key}</td><td class="value round-rightbottom">${cell}</td></tr>`
    })
    return `<table class="info"><tr><th class="round-top" colspan=2>${heading}</th></tr>${lines.join('\n')}</table>`
  })
  return `<?xml version="1.0"?><html lang="de"><head><title>STIEBEL ELTRON Reglersteuerung</title></head><body><div class="eingestelle_sprache"><a href="#">${language}</a></div><div><form id="werte" action="#"><div>${body.join('</div>\n<div>')}</div></form></div></div><p id="versionsNummer">${firmware}</p></body></html>\n`
}

export const OWN_LOGIN = `<html><body><div class="eingestelle_sprache"><a>DEUTSCH</a></div><form id="werte" method="POST"><input type="hidden" name="make" value="send"><input name="user"><input type="password" name="pass"></form></body></html>`

/** What a request gets: a page, an answer, a failure of the client, or nothing ever. */
export type OwnReply = string | Uint8Array | Partial<HttpAnswer> | HearthError | 'hang'

export interface Asked {
  readonly method: string
  readonly page: string
  readonly cookie: string | undefined
  readonly body: string
  readonly at: number
}

/** A gateway of a test: what it answers, and what it was asked. */
export function ownGateway(reply: (asked: Asked) => OwnReply, clock: Clock) {
  const asked: Asked[] = []
  const http: HttpClient = {
    close() {},
    ask(request: HttpRequest, signal: AbortSignal) {
      const one: Asked = {
        method: request.method ?? 'GET',
        page: new URL(request.url).searchParams.get('s') ?? '',
        cookie: request.headers?.['Cookie'],
        body: String(request.body ?? ''),
        at: clock.monotonic(),
      }
      asked.push(one)
      return answerOf(reply(one), clock, signal)
    },
  }
  return { http, asked }
}

async function answerOf(reply: OwnReply, clock: Clock, signal: AbortSignal): Promise<HttpAnswer> {
  if (reply instanceof HearthError) throw reply
  if (reply === 'hang') {
    await new Promise<void>((resolve, reject) => {
      clock.after(10_000, resolve)
      signal.addEventListener('abort', () => reject(new HearthError('HEARTH_ENDED', 'ending')))
    })
    throw new HearthError('HEARTH_HTTP_TIMEOUT', 'gateway/: no whole answer within 10 s', { kind: 'timeout' })
  }
  const whole = { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, setCookies: [] }
  if (typeof reply === 'string') return { ...whole, body: Buffer.from(reply) }
  if (reply instanceof Uint8Array) return { ...whole, body: reply }
  return { ...whole, body: new Uint8Array(), ...reply }
}

/** A password is a plain text in tests. */
const KIT: SettingsKit = {
  secret: help =>
    z
      .string()
      .transform(text => new Secret(text))
      .describe(help),
}

/** The device of these settings. */
export function deviceOf(settings: Readonly<Record<string, unknown>> = {}): Device {
  const configured = stiebelIsg.configure({ type: 'stiebel-isg', url: 'http://gateway', ...settings }, KIT)
  if (!configured.isValid) throw new Error(JSON.stringify(configured.issues))
  return configured.device
}

/** A service reading a gateway of a test, on a clock that the test moves. */
export function startReading(
  reply: (asked: Asked) => OwnReply,
  settings: Readonly<Record<string, unknown>> = {},
) {
  const clock = fakeClock()
  const { http, asked } = ownGateway(reply, clock)
  const device = deviceOf(settings)
  const exposition = createExposition({ version: '1', revision: 'r', runtime: 'node v24' })
  const exposed = { name: 'lwz', type: 'stiebel-isg', title: '', site: '', showSerials: true, device }
  const lines: string[] = []
  const note = (message: string) => void lines.push(message)
  const log: Log = { debug: note, info: note, warn: note, error: note, with: () => log }
  const slot = createSlot({
    clock,
    staleAfterMs: device.staleAfterMs,
    outcome: key => device.outcome(key),
    onChange: view => exposition.put(exposed, view),
  })
  exposition.put(exposed, slot.view())
  const stop = new AbortController()
  const feed = device.feed(testUse({ clock, http: () => http }))
  const done = runFeed({
    feed,
    report: {
      ...slot,
      member: () => {
        throw new Error('no members')
      },
    },
    clock,
    log,
    random: () => 0,
    signal: stop.signal,
  })
  const ask = { accept: undefined, acceptEncoding: undefined, query: new URLSearchParams() }
  const text = (path: string) => Buffer.from(exposition.dropIn('lwz', path, ask)?.body ?? '').toString('utf8')
  const samples = (page: string) => page.split('\n').filter(line => line !== '' && !line.startsWith('#'))
  return {
    clock,
    asked,
    lines,
    view: () => slot.view(),
    text,
    /** Sample lines of the drop-in that come from pages. */
    values: () =>
      samples(text('/metrics')).filter(
        line => !/^(isg_(gathering|login|status)duration|isg_sgready|process_)/.test(line),
      ),
    unified: () =>
      samples(Buffer.from(exposition.unified('lwz', ask)?.body ?? '').toString('utf8')).map(line =>
        line.replace('device="lwz",', '').replace('{device="lwz"}', ''),
      ),
    json: () => JSON.parse(Buffer.from(exposition.status('lwz')?.body ?? '').toString('utf8')),
    async stop() {
      stop.abort()
      await done
      slot.close()
    },
  }
}
