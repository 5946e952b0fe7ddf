import { closeSync } from 'node:fs'
import type { Clock } from '../core/clock.ts'
import { HearthError } from '../core/errors.ts'
import type { Connection, LineSettings, LineTransport } from '../core/line.ts'
import type { Log } from '../core/log.ts'
import { createInlet } from './inlet.ts'
import { openWithin } from './open-within.ts'
import { portError } from './port-error.ts'
import { troubleWith } from './port-facts.ts'
import { type PortHold, setUpPort, systemTools } from './port-setup.ts'
import { socketConnection } from './socket-connection.ts'
import { openTerminal, ttyStream } from './tty-stream.ts'

const OPEN_LIMIT_MS = 5000

/** A serial port of this machine. */
export function serialTransport(
  path: string,
  { place, clock, log }: { place: string; clock: Clock; log: Log },
): LineTransport {
  return {
    place,
    open(settings, signal): Promise<Connection> {
      return openWithin(
        { place, clock, signal, limitMs: OPEN_LIMIT_MS, hint: 'Unplug the adapter and plug it in again' },
        limit => openPort({ path, place, clock, log, settings, signal: limit }),
        late => void late.close(),
      )
    },
  }
}

interface PortUse {
  readonly path: string
  readonly place: string
  readonly clock: Clock
  readonly log: Log
  readonly settings: LineSettings
  readonly signal: AbortSignal
}

/**
 * Opens the port twice: once to read and write, once for the settings and the lock. The event loop opens the first one
 * anew, which would end a lock that hangs on it.
 */
async function openPort({ path, place, clock, log, settings, signal }: PortUse): Promise<Connection> {
  let fd: number | undefined
  let hold: PortHold | undefined
  try {
    fd = await openTerminal(path)
    hold = await setUpPort(path, settings, signal, systemTools(log))
    const owned = fd
    fd = undefined
    const inlet = createInlet(settings.gatherMs)
    const tty = ttyStream(owned, { onread: inlet.onread })
    const held = hold
    return socketConnection({
      place,
      socket: tty.stream,
      inlet,
      clock,
      isLive: true,
      ...(settings.gatherMs === undefined ? {} : { gatherMs: settings.gatherMs }),
      async release() {
        tty.close()
        await held.release()
      },
    })
  } catch (cause) {
    if (fd !== undefined) closeSync(fd)
    await hold?.release()
    if (cause instanceof HearthError) throw cause
    throw portError(await troubleWith(path, place, cause))
  }
}
