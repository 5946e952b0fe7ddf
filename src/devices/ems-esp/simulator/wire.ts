import type { ServerResponse } from 'node:http'
import type { Cancel, Clock } from '../../../core/clock.ts'
import type { Answer } from './answer.ts'
import type { Fault } from './fault.ts'

export interface Wire {
  readonly clock: Clock
  readonly pace: number
  /** Timers that end with the simulation. */
  readonly timers: Set<Cancel>
}

const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  400: 'Bad Request',
  401: 'Unauthorized',
  404: 'Not Found',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
}

/** Sends an answer as the gateway does: with its length, and then the connection ends. */
export function send(response: ServerResponse, answer: Answer): void {
  const body = Buffer.from(answer.body)
  response.writeHead(answer.status, {
    'Content-Type': answer.contentType,
    'Content-Length': body.length,
    Connection: 'close',
  })
  response.end(body)
}

/** Sends it as a fault spoils it. */
export function spoil(response: ServerResponse, answer: Answer, fault: Fault, wire: Wire): void {
  const body = Buffer.from(answer.body)
  switch (fault.kind) {
    case 'hang':
      break
    case 'reset':
      response.destroy()
      break
    case 'slow':
      later(wire, fault.ms, () => send(response, answer))
      break
    case 'status':
      send(response, fault)
      break
    case 'wrong-length':
      raw(response, answer, body.length + fault.by, body)
      break
    case 'truncated': {
      const half = body.subarray(0, Math.floor(body.length / 2))
      raw(response, answer, fault.isAdmitted ? half.length : body.length, half)
      break
    }
    case 'drip':
      drip(response, answer, body, fault, wire)
      break
    case 'endless':
      endless(response, wire)
      break
    default:
      send(response, answer)
  }
}

/** Writes past the library, which would mend the length. */
function raw(response: ServerResponse, answer: Answer, length: number, body: Uint8Array): void {
  const { socket } = response
  if (socket === null) return
  socket.write(headText(answer, Math.max(0, length)))
  socket.end(body)
}

function drip(
  response: ServerResponse,
  answer: Answer,
  body: Uint8Array,
  { bytes, everyMs }: { readonly bytes: number; readonly everyMs: number },
  wire: Wire,
): void {
  const { socket } = response
  if (socket === null) return
  socket.write(headText(answer, body.length))
  const next = (from: number) => {
    if (socket.destroyed) return
    if (from >= body.length) {
      socket.end()
      return
    }
    socket.write(body.subarray(from, from + bytes))
    later(wire, everyMs, () => next(from + bytes))
  }
  next(0)
}

function endless(response: ServerResponse, wire: Wire): void {
  const line = Buffer.from('emsesp_curflowtemp 60.20\n'.repeat(4000))
  response.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' })
  const next = () => {
    if (response.destroyed || response.writableEnded) return
    const isRoomy = response.write(line)
    if (isRoomy) later(wire, 1, next)
    else response.once('drain', next)
  }
  next()
}

function headText({ status, contentType }: Answer, length: number): string {
  return [
    `HTTP/1.1 ${status} ${REASONS[status] ?? 'Unknown'}`,
    `Content-Type: ${contentType}`,
    `Content-Length: ${length}`,
    'Connection: close',
    '\r\n',
  ].join('\r\n')
}

function later({ clock, pace, timers }: Wire, ms: number, task: () => void): void {
  const cancel = clock.after(Number.isFinite(pace) ? ms / pace : 0, () => {
    timers.delete(cancel)
    task()
  })
  timers.add(cancel)
}
