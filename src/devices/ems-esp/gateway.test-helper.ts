import { z } from 'zod'
import type { Feed, MemberReport, Report } from '../../core/driver.ts'
import { type ErrorKind, HearthError } from '../../core/errors.ts'
import type { HttpAnswer, HttpClient, HttpRequest } from '../../core/http.ts'
import { type Keep, memoryKeep } from '../../core/keep.ts'
import type { Log } from '../../core/log.ts'
import type { Page } from '../../core/page.ts'
import type { Update } from '../../core/reading.ts'
import { Secret } from '../../core/secret.ts'
import { createSlot, type Slot } from '../../store/slot.ts'
import { type FakeClock, fakeClock } from '../../testing/fake-clock.ts'
import { testUse } from '../../testing/use.ts'
import { emsEsp } from './index.ts'
import { emsEspSimulator, type SimulatedGateway } from './simulator/index.ts'

/** What a test makes of one question: an answer, an error, or undefined for what the gateway says. */
export type Spoil = (path: string) => Partial<HttpAnswer> | Error | undefined

export interface Asked {
  readonly path: string
  readonly at: number
  readonly request: HttpRequest
}

export function answerOf(body: string, status = 200, contentType = 'text/plain; charset=utf-8'): HttpAnswer {
  const headers = { 'content-type': contentType, 'content-length': String(Buffer.byteLength(body)) }
  return { status, headers, setCookies: [], body: Buffer.from(body) }
}

export function json(value: unknown, status = 200): HttpAnswer {
  return answerOf(JSON.stringify(value), status, 'application/json; charset=utf-8')
}

export function failure(kind: ErrorKind): HearthError {
  return new HearthError('HEARTH_TEST', `simulated ${kind}`, { kind })
}

const URL = 'http://gateway'

/** A simulated gateway asked on a clock that stands still between questions; each answer takes `answerMs`. */
export function testGateway(
  scenario: string,
  options: { readonly answerMs?: number; readonly keep?: Keep } = {},
) {
  const clock: FakeClock = fakeClock()
  const gateway: SimulatedGateway = emsEspSimulator.start({ scenario, seed: 1, clock, pace: 1 })
  const asked: Asked[] = []
  const said: string[] = []
  const note = (line: string) => void said.push(line)
  const log: Log = { debug: note, info: note, warn: note, error: note, with: () => log }
  let open = 0
  let mostOpen = 0
  let spoil: Spoil = () => undefined

  const http: HttpClient = {
    async ask(request, signal) {
      const path = request.url.slice(`${URL}/api/`.length)
      asked.push({ path, at: clock.monotonic(), request })
      mostOpen = Math.max(mostOpen, ++open)
      try {
        await new Promise<void>(resolve => {
          clock.after(options.answerMs ?? 20, resolve)
        })
        if (signal.aborted) throw failure('other')
        const spoiled = spoil(path)
        if (spoiled instanceof Error) throw spoiled
        const { status, contentType, body } = gateway.answer(`/api/${path}`)
        return { ...answerOf(body, status, contentType), ...spoiled }
      } finally {
        open--
      }
    },
    close() {},
  }

  return {
    clock,
    gateway,
    asked,
    mostOpen: () => mostOpen,
    spoil(next: Spoil) {
      spoil = next
    },
    device(settings: Readonly<Record<string, unknown>> = {}) {
      const kit = { secret: () => tokenSchema }
      const configured = emsEsp.configure({ type: 'ems-esp', url: URL, ...settings }, kit)
      if (!configured.isValid) throw new Error(JSON.stringify(configured.issues))
      return configured.device
    },
    said,
    use: () => testUse({ clock, http: () => http, log, keep: options.keep ?? memoryKeep() }),
  }
}

const tokenSchema = z.string().transform(text => new Secret(text))

export type TestGateway = ReturnType<typeof testGateway>

/** The gateway itself: `gateway` is a device word too. */
const ROOT = 'nefit'

/** A device that is polled by a test: its feed, its slots, and what they were told. */
export function polled(gateway: TestGateway, settings: Readonly<Record<string, unknown>> = {}) {
  const { clock } = gateway
  const device = gateway.device(settings)
  const feed: Feed = device.feed(gateway.use())
  const troubles: string[] = []
  const attempts: string[] = []
  const slots = new Map<string, Slot>()
  const slotOf = (name: string, staleAfterMs: number) => {
    const known = slots.get(name)
    if (known) return known
    const slot = createSlot({ clock, staleAfterMs, outcome: () => 'unknown', onChange() {} })
    slots.set(name, slot)
    return slot
  }
  const reportOf = (name: string): MemberReport => {
    const slot = slotOf(name, device.staleAfterMs)
    return {
      update: (update: Update) => slot.update(update),
      attempt(isComplete, ms) {
        attempts.push(`${name} ${isComplete}`)
        slot.attempt(isComplete, ms)
      },
      trouble(kind, message, times = 1) {
        troubles.push(`${name} ${kind}: ${message}`)
        slot.trouble(kind, message, times)
      },
      connected: () => slot.connected(),
    }
  }
  const report: Report = { ...reportOf(ROOT), member: word => reportOf(word) }
  const stop = new AbortController()

  return {
    device,
    troubles,
    attempts,
    stop,
    /** One poll; resolves with what it threw. */
    async poll(): Promise<unknown> {
      if (feed.kind !== 'poll') throw new Error('not polled')
      let outcome: unknown
      let isDone = false
      const done = feed.run(report, stop.signal).then(
        () => {
          isDone = true
        },
        (error: unknown) => {
          isDone = true
          outcome = error
        },
      )
      for (let steps = 0; !isDone && steps < 100_000; steps++) await clock.advance(50)
      await done
      return outcome
    },
    view: (name = ROOT) => slotOf(name, device.staleAfterMs).view(),
    machines: () => [...slots.keys()].filter(name => name !== ROOT),
    unified(name: string) {
      const described = name === ROOT ? device : device.member?.(name)
      return described?.unified(slotOf(name, device.staleAfterMs).view()) ?? []
    },
    page(path: string) {
      const route = device.site.route(path)
      if (typeof route === 'string' || !('page' in route)) return undefined
      const pages = device.pages(slotOf(ROOT, device.staleAfterMs).view())
      const name = [route.page, ...(route.otherwise ?? [])].find(each => pages.has(each)) ?? ''
      const page = pages.get(name)
      if (page?.kind !== 'text' || typeof page.body === 'string') return page
      return { ...page, body: page.body(route.page) }
    },
  }
}

/** The body of a page that is a text; fails a test by saying what it is instead. */
export function bodyOf(page: Page | undefined): string {
  return page?.kind === 'text' && typeof page.body === 'string'
    ? page.body
    : `no text: ${JSON.stringify(page)}`
}
