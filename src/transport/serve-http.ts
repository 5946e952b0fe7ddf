import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { formatListen } from '../core/settings.ts'
import type { HttpSimulation } from '../core/simulator.ts'
import { listening, portOf, reachable } from './serve-listen.ts'

/** What a control request may send: a scenario's name. */
const LONGEST_NAME = 200
/** Requests whose path and method are remembered for `/-/requests`. */
const MOST_REMEMBERED = 10_000

/** A simulated device or cloud on HTTP. */
export interface ServedHttp {
  /** `http://127.0.0.1:41234` */
  readonly address: string
  readonly port: number
  close(): Promise<void>
}

/**
 * Serves a simulated device. Two paths that no device has steer it from outside:
 * - `POST /-/scenario` with a name as its body goes on as another scenario (204; 400 for an unknown one);
 * - `GET /-/requests` lists what was asked so far as JSON: `[{"at": ms, "method": "GET", "url": "/..."}]`.
 */
export async function serveHttp(
  listen: { readonly host: string; readonly port: number },
  device: HttpSimulation,
  scenarios: readonly string[],
  now: () => number,
): Promise<ServedHttp> {
  const requests: { at: number; method: string; url: string }[] = []
  const server = createServer((request, response) => {
    const url = request.url ?? '/'
    if (url === '/-/requests') return respond(response, 200, JSON.stringify(requests))
    if (url === '/-/scenario') return changeScenario(request, response)
    requests.push({ at: now(), method: request.method ?? 'GET', url })
    if (requests.length > MOST_REMEMBERED) requests.shift()
    device.handle(request, response)
  })
  // A reader that hangs up inside a fault must not end the simulation.
  server.on('clientError', (_error, socket) => socket.destroy())
  await listening(server, listen)
  const port = portOf(server, listen.port)
  let ending: Promise<void> | undefined
  return {
    address: `http://${formatListen({ host: reachable(listen.host), port })}`,
    port,
    close() {
      ending ??= new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
      return ending
    },
  }

  function changeScenario(request: IncomingMessage, response: ServerResponse): void {
    let name = ''
    request.setEncoding('utf8')
    request.on('data', (text: string) => {
      if (name.length <= LONGEST_NAME) name += text
    })
    request.on('end', () => {
      const wanted = name.trim()
      if (request.method !== 'POST' || !scenarios.includes(wanted))
        return respond(response, 400, `POST one of: ${scenarios.join(', ')}\n`)
      device.change(wanted)
      respond(response, 204, '')
    })
  }
}

function respond(response: ServerResponse, status: number, body: string): void {
  const type = body.startsWith('[') ? 'application/json' : 'text/plain; charset=utf-8'
  response.writeHead(status, { 'Content-Type': type, Connection: 'close' }).end(body)
}
