import { HearthError } from '../core/errors.ts'

/** A serial port that could not be opened, and what could be learned about it. */
export interface PortTrouble {
  readonly place: string
  /** The system's name of the error, `ENOTTY` for what is no terminal, `ELOCKED` for a port that another one locked. */
  readonly code: string
  /** The group that owns the device node. */
  readonly group?: { readonly id: number; readonly name: string }
  /** The program that has the port open. */
  readonly holder?: { readonly pid: number; readonly program: string }
  readonly cause?: unknown
}

/** Why a serial port did not open, in words for the person who wired it. */
export function portError(trouble: PortTrouble): HearthError {
  const { id, message, hint } = wordsFor(trouble)
  return new HearthError(id, message, { kind: 'connect', hint, cause: trouble.cause })
}

interface Words {
  readonly id: string
  readonly message: string
  readonly hint: string
}

function wordsFor(trouble: PortTrouble): Words {
  const { place, code } = trouble
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return {
        id: 'HEARTH_PORT_MISSING',
        message: `${place} does not exist`,
        hint: 'Check the cable; ls -l /dev/serial/by-id shows the adapters that are plugged in',
      }
    case 'ENXIO':
    case 'ENODEV':
    case 'EIO':
      return {
        id: 'HEARTH_PORT_MISSING',
        message: `${place} has no adapter behind it (${code})`,
        hint: 'Unplug the adapter and plug it in again; in a container, start the container again',
      }
    case 'EACCES':
      return { id: 'HEARTH_PORT_DENIED', ...deniedWords(trouble) }
    case 'EPERM':
      return {
        id: 'HEARTH_PORT_DENIED',
        message: `${place}: this process may not use the device`,
        hint: `Give it to the container or service: --device=${place}, or DeviceAllow=${place} rw`,
      }
    case 'EBUSY':
    case 'ELOCKED':
      return { id: 'HEARTH_PORT_BUSY', ...busyWords(trouble) }
    case 'ENOTTY':
    case 'EISDIR':
    case 'EROFS':
      return {
        id: 'HEARTH_PORT_NOT_A_LINE',
        message: code === 'EISDIR' ? `${place} is a folder` : `${place} is no serial port`,
        hint: 'Name a device such as /dev/ttyUSB0; a recorded file is written file:PATH',
      }
    default:
      return {
        id: 'HEARTH_PORT_FAILED',
        message: `${place} could not be opened (${code})`,
        hint: 'Check the path and the adapter; dmesg says what the system thinks of it',
      }
  }
}

function deniedWords({ place, group }: PortTrouble): Omit<Words, 'id'> {
  if (!group || group.id === 0) {
    return {
      message: `${place}: permission denied${group ? ', it belongs to the group root' : ''}`,
      hint: 'Give the device to the group dialout with a udev rule, and add the user of hearth to that group',
    }
  }
  return {
    message: `${place}: permission denied, it belongs to the group ${group.name}`,
    hint:
      `Add the user of hearth to it: sudo usermod -aG ${group.name} USER, then start hearth again; ` +
      `for a container --group-add ${group.id}`,
  }
}

function busyWords({ place, holder }: PortTrouble): Omit<Words, 'id'> {
  if (!holder) {
    return {
      message: `${place} is in use by another program`,
      hint: `End the other program; sudo fuser -v ${place} names it`,
    }
  }
  return {
    message: `${place} is in use by ${holder.program} (process ${holder.pid})`,
    hint: 'End that program; only one can read a line',
  }
}
