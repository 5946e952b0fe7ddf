import type { IncomingMessage, Server } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'

/** The connections of a server and the answers each has under way. */
export interface OpenSockets {
  /** Runs `task` as soon as every request that came whole on this connection has its answer. */
  whenAnswered(socket: Duplex, task: () => void): void
  /** Cuts every connection without an answer under way now, the others as soon as theirs is written. */
  cutWhenIdle(): void
  cutAll(): void
}

interface Connection {
  readonly underWay: Set<IncomingMessage>
  whenAnswered: (() => void) | undefined
}

/**
 * Follows a server's connections. Node's own list of idle ones leaves out those that never sent a request,
 * such as the spare connections of a browser; they would hold up an orderly end.
 */
export function openSockets(server: Server, mostUnderWay: number): OpenSockets {
  const connections = new Map<Duplex, Connection>()
  let isEnding = false

  server.on('connection', (socket: Socket) => {
    connections.set(socket, { underWay: new Set(), whenAnswered: undefined })
    socket.once('close', () => connections.delete(socket))
  })
  server.on('request', (message, response) => {
    const { socket } = message
    const underWay = connections.get(socket)?.underWay
    underWay?.add(message)
    // Node stops reading from a client that takes no answers only after a whole chunk of requests: that is a lot of memory.
    if (underWay && underWay.size > mostUnderWay) return void socket.destroy()
    // It closes once; `once` would wrap the listener for each request.
    response.on('close', () => {
      const connection = connections.get(socket)
      if (!connection) return
      connection.underWay.delete(message)
      if (isAnswered(connection)) {
        connection.whenAnswered?.()
        connection.whenAnswered = undefined
      }
      if (isEnding && connection.underWay.size === 0) socket.destroySoon()
    })
  })

  return {
    whenAnswered(socket, task) {
      const connection = connections.get(socket)
      if (!connection || isAnswered(connection)) return task()
      connection.whenAnswered = task
    },
    cutWhenIdle() {
      isEnding = true
      for (const [socket, connection] of connections) if (connection.underWay.size === 0) socket.destroy()
    },
    cutAll() {
      for (const socket of connections.keys()) socket.destroy()
    },
  }
}

/** A request whose body is still on its way gets no answer when the connection is refused. */
function isAnswered({ underWay }: Connection): boolean {
  for (const message of underWay) if (message.complete) return false
  return true
}
