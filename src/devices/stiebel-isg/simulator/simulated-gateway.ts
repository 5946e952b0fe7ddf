import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Cancel } from '../../../core/clock.ts'
import type { HttpSimulation, SimulatorOptions } from '../../../core/simulator.ts'
import { cutWithin, garbage, type Hit, hitOf, withEntities } from './disturbance.ts'
import type { Gateway } from './gateways/gateway.ts'
import { loginPage, valuePage } from './html.ts'
import type { Scene } from './scene.ts'
import { sceneOf } from './scenes.ts'
import { breakOff, drip, drop, flood, reset, send } from './sending.ts'
import { createSessions, type Session } from './sessions.ts'
import { createWitness, type Seen } from './witness.ts'

const LONGEST_FORM = 4096
const MINUTE_MS = 60_000
const DRIP_MS = 50
const HERE = 'http://gateway'
/** What a path is taken for that is none. */
const NOWHERE = new URL('/nowhere', HERE)
const FORM_FIELDS = ['make', 'user', 'pass']

/** A simulation that tells how it was asked. */
export interface SimulatedGateway extends HttpSimulation {
  seen(): Seen
  /** All sessions are lost, as after a restart. */
  restart(): void
}

/** Switches a gateway on. */
export function startGateway({ scenario, seed, clock, pace }: SimulatorOptions): SimulatedGateway {
  const startAt = clock.now()
  const sessions = createSessions(seed)
  const witness = createWitness()
  const reads = new Map<string, number>()
  const timers = new Set<Cancel>()
  let asked = 0
  let scene = sceneOf(scenario)
  let gateway = made(scene)

  function made(next: Scene): Gateway {
    return next.make({ seed, startAt, reads: page => reads.get(page) ?? 0 })
  }

  /** Without a pace a minute goes by from poll to poll. */
  const elapsedMs = () =>
    Number.isFinite(pace) ? (clock.now() - startAt) * pace : (reads.get('1,0') ?? 0) * MINUTE_MS

  /** Whether the scene has a disturbance of this kind, which needs no further words. */
  const has = (kind: 'refuse-logins' | 'drop-idle' | 'entities') =>
    scene.disturbances.some(each => each.kind === kind)
  const charset = () => scene.disturbances.find(each => each.kind === 'charset')
  const shortSessions = () => scene.disturbances.find(each => each.kind === 'short-sessions')

  function later(ms: number, task: () => void): void {
    const cancel = clock.after(ms, () => {
      timers.delete(cancel)
      task()
    })
    timers.add(cancel)
  }

  function keepDripping(next: () => boolean): void {
    if (next()) later(DRIP_MS, () => keepDripping(next))
  }

  function handle(request: IncomingMessage, response: ServerResponse): void {
    witness.arrived(request, response)
    response.on('error', () => undefined)
    readForm(request, form => answer(request, response, form))
  }

  function answer(request: IncomingMessage, response: ServerResponse, form: URLSearchParams): void {
    const url = URL.parse(request.url ?? '', HERE) ?? NOWHERE
    if (isStrange(request, url, form)) witness.strange(`${request.method} ${request.url} ${form}`)
    if (url.pathname !== '/') response.writeHead(404, { Connection: 'close' }).end('404 - Not Found')
    else if (has('drop-idle') && isReused(request)) drop(response)
    else answerPage(request, response, url.searchParams.get('s') ?? '0', form)
  }

  function answerPage(
    { headers }: IncomingMessage,
    response: ServerResponse,
    page: string,
    form: URLSearchParams,
  ): void {
    const { session, isNew } = sessions.of(headers.cookie, clock.now())
    const isLogin = form.has('pass')
    if (isLogin) logIn(session, form)
    else {
      witness.page(page)
      asked += 1
    }
    const hit = isLogin ? undefined : hitOf(scene.disturbances, page, asked)
    if (hit?.kind === 'log-out' || session.pages >= (shortSessions()?.pages ?? Number.POSITIVE_INFINITY))
      session.user = undefined
    const isOpen = scene.login === undefined || session.user !== undefined
    if (isOpen && !isLogin) {
      session.pages += 1
      reads.set(page, (reads.get(page) ?? 0) + 1)
    }
    const html = isOpen ? valuesOf(page, session) : loginPage(frameOf(session))
    deliver(response, html, hit, isNew ? session.id : undefined)
  }

  function logIn(session: Session, form: URLSearchParams): void {
    const { login } = scene
    const isRight =
      login !== undefined &&
      form.get('user') === login.user &&
      form.get('pass') === login.password &&
      !has('refuse-logins')
    session.user = isRight ? login.user : undefined
    session.pages = 0
    witness.login(isRight)
  }

  function valuesOf(page: string, session: Session): string {
    const tables = scene.disturbances.reduce(
      (shown, each) =>
        each.kind === 'tables' && each.page === page ? each.change(shown, reads.get(page) ?? 0) : shown,
      gateway.pages(elapsedMs())[page] ?? [],
    )
    return valuePage(frameOf(session), tables)
  }

  function frameOf({ id, user }: Session) {
    return {
      ...gateway,
      charset: charset()?.meta ?? 'utf-8',
      token: id.slice(0, 13),
      user: scene.login && user,
    }
  }

  function deliver(
    response: ServerResponse,
    html: string,
    hit: Hit | undefined,
    cookie: string | undefined,
  ): void {
    const { bytes, header } = charset() ?? { bytes: 'utf-8', header: 'utf-8' }
    const text = has('entities') ? withEntities(html) : html
    const whole = Buffer.from(text, bytes)
    const head = { status: 200, cookie, charset: header }
    const sendIt = () => send(response, head, whole)
    if (hit === undefined || hit.kind === 'log-out') sendIt()
    else if (hit.kind === 'slow') later(hit.ms, sendIt)
    else if (hit.kind === 'drop') drop(response)
    else if (hit.kind === 'reset') reset(response, head, whole)
    else if (hit.kind === 'break-off') breakOff(response, head, whole)
    else if (hit.kind === 'cut') send(response, head, Buffer.from(cutWithin(text, asked), bytes))
    else if (hit.kind === 'garbage') send(response, head, garbage(3000, asked))
    else if (hit.kind === 'flood') flood(response, head, whole)
    else if (hit.kind === 'drip') keepDripping(drip(response, head, whole))
    else if (hit.kind === 'empty') send(response, head, Buffer.alloc(0))
    else if (hit.kind === 'status') send(response, { ...head, status: hit.status }, Buffer.from(ERROR_PAGE))
    else leaveOpen(hit.kind)
  }

  return {
    handle,
    change(name) {
      scene = sceneOf(name)
      gateway = made(scene)
    },
    restart: () => sessions.forget(),
    seen: witness.seen,
    stop() {
      for (const cancel of timers) cancel()
      timers.clear()
    },
  }
}

const ERROR_PAGE = '<html><body><h1>Internal Server Error</h1></body></html>'

/** Nothing is sent and nothing is closed: whoever asks has to give up. */
function leaveOpen(_hangs: 'hang'): void {}

/** Connections that had a request already. */
const used = new WeakSet<object>()

function isReused({ socket }: IncomingMessage): boolean {
  const isUsed = used.has(socket)
  used.add(socket)
  return isUsed
}

function isStrange({ method }: IncomingMessage, url: URL, form: URLSearchParams): boolean {
  const isQuestion = [...url.searchParams.keys()].every(name => name === 's')
  const isForm = [...form.keys()].every(name => FORM_FIELDS.includes(name))
  return (
    url.pathname !== '/' ||
    !isQuestion ||
    !isForm ||
    !(method === 'GET' || (method === 'POST' && form.has('pass')))
  )
}

function readForm(request: IncomingMessage, use: (form: URLSearchParams) => void): void {
  let text = ''
  request.setEncoding('utf8')
  request.on('error', () => undefined)
  request.on('data', (piece: string) => {
    text += piece
    if (text.length > LONGEST_FORM) request.destroy()
  })
  request.on('end', () => use(new URLSearchParams(text)))
}
