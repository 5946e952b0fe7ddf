import http, { type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Clock } from '../core/clock.ts'
import { messageOf } from '../core/errors.ts'
import type { Log } from '../core/log.ts'
import { formatListen, type ListenAddress } from '../core/settings.ts'
import type { Answer } from '../expose/types.ts'
import { FAILED } from './answers.ts'
import { openSockets } from './connections.ts'
import { DEFAULT_LIMITS, type Limits } from './limits.ts'
import { listenError } from './listen-error.ts'
import { type Refusal, refusalOf, refuse } from './refusal.ts'
import { type Handler, webRequest } from './request.ts'
import { discardBody, hasBody } from './request-body.ts'
import { seldom } from './seldom.ts'
import { writeAnswer } from './write-answer.ts'

export interface ListenerOptions {
  /** Port 0 takes a free one. */
  readonly address: ListenAddress
  readonly handle: Handler
  readonly log: Log
  readonly clock: Clock
  /** What wants the address, for messages: `the main listener`, `the drop-in of "meter"`. */
  readonly name: string
  /** The setting that chooses the address, for messages: `listen`, `devices.meter.drop_in`, `--listen`. */
  readonly setting?: string
  /** Programs whose usual port this is, for messages. */
  readonly usualFor?: readonly string[]
  readonly limits?: Partial<Limits>
}

/** An open HTTP listener. */
export interface Listener {
  /** As asked for, with the real port. */
  readonly address: ListenAddress
  /** Where a program on this machine reaches it, without a final slash. */
  readonly url: string
  /** Takes no more connections, lets running answers finish for `graceMs`, then cuts them. Idempotent; never throws. */
  close(graceMs?: number): Promise<void>
}

const DEFAULT_GRACE_MS = 1500
const LOG_PAUSE_MS = 60_000

/** Opens a bounded HTTP listener, or throws a HearthError that names the address and the remedy. */
export async function openListener(options: ListenerOptions): Promise<Listener> {
  const { handle, log, clock, name } = options
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const server = http.createServer({
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    connectionsCheckingInterval: limits.timeoutCheckMs,
    keepAliveTimeout: limits.keepAliveMs,
  })
  server.maxRequestsPerSocket = 0
  server.timeout = limits.slowReaderMs
  server.maxConnections = limits.connections
  const sockets = openSockets(server, limits.pipelined)
  const refused = new WeakSet<Duplex>()
  const onFailure = seldom(clock, LOG_PAUSE_MS)
  const onFull = seldom(clock, LOG_PAUSE_MS)
  let isClosing = false

  const failed = (message: IncomingMessage, error: unknown): Answer => {
    onFailure(times => log.error(`A request failed: ${messageOf(error)}`, { path: message.url, times }))
    return FAILED
  }

  const answerTo = (message: IncomingMessage): Answer | Promise<Answer> => {
    try {
      const answer = handle(webRequest(message))
      return answer instanceof Promise ? answer.catch(error => failed(message, error)) : answer
    } catch (error) {
      return failed(message, error)
    }
  }

  // A refusal in the midst of an answer would corrupt it: those before it in line go out first.
  const turnAway = (socket: Duplex, refusal: Refusal): void => {
    // After the first refusal the parser complains about every further chunk until the client is gone.
    if (refused.has(socket)) return
    refused.add(socket)
    sockets.whenAnswered(socket, () => refuse(socket, refusal, clock, limits.lingerMs))
  }

  const write = (response: ServerResponse, answer: Answer): void => {
    if (response.destroyed) return
    try {
      writeAnswer(response, answer, isClosing)
    } catch (error) {
      onFailure(times => log.error(`An answer could not be written: ${messageOf(error)}`, { times }))
      if (response.headersSent) return void response.destroy()
      writeAnswer(response, FAILED, true)
    }
  }

  const reply = (message: IncomingMessage, response: ServerResponse): void => {
    const answer = answerTo(message)
    // What is ready is written at once: waiting for it would cost as much as finding it.
    if (answer instanceof Promise) void answer.then(each => write(response, each))
    else write(response, answer)
  }

  const replyAfterBody = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await discardBody(message, limits.bodyBytes)
    if (body === 'too-long') turnAway(message.socket, 413)
    else if (body === 'whole') reply(message, response)
  }

  server.on('request', (message, response) => {
    if (message.socket.destroyed) return
    if (hasBody(message)) void replyAfterBody(message, response)
    else reply(message, response)
  })
  server.on('clientError', (error, socket) => turnAway(socket, refusalOf(error)))
  server.on('drop', () => {
    // Who waits idly makes room, so that the next try of a scraper gets in.
    server.closeIdleConnections()
    onFull(times =>
      log.warn(`${name}: ${limits.connections} connections are open, further ones are turned away`, {
        times,
      }),
    )
  })

  const { setting, usualFor = [], address: wanted } = options
  await listen(server, wanted).catch(async error => {
    throw await listenError(error, { address: wanted, name, setting, usualFor })
  })
  server.on('error', error => log.error(`${name}: ${error.message}`))
  const address = { host: wanted.host, port: portOf(server) }
  let closed: Promise<void> | undefined

  return {
    address,
    url: `http://${formatListen({ ...address, host: reachableHost(address.host) })}`,
    close(graceMs = DEFAULT_GRACE_MS) {
      isClosing = true
      closed ??= new Promise(resolve => {
        const cancel = clock.after(graceMs, () => sockets.cutAll())
        server.close(() => {
          cancel()
          resolve()
        })
        sockets.cutWhenIdle()
      })
      return closed
    },
  }
}

/** Without a host node listens on `::` for both families, and on 0.0.0.0 where IPv6 is off. */
function listen(server: Server, { host, port }: ListenAddress): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(host === undefined ? { port } : { host, port }, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

function reachableHost(host: string | undefined): string {
  return host === undefined || host === '0.0.0.0' || host === '::' ? 'localhost' : host
}
