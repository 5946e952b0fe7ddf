import type { Fault } from './fault.ts'
import type { House } from './house.ts'
import { unread } from './variations.ts'

type Reboot = Extract<Fault, { kind: 'reboot' }>

/**
 * The house so many milliseconds after the power came back; undefined while nothing answers. Telegrams go on being counted
 * where they were: a house at a standstill that had counted once would look like a bus that fell silent.
 */
export function rebooting(
  house: House,
  { downMs, emptyMs, betweenMs }: Reboot,
  elapsedMs: number,
): House | undefined {
  if (elapsedMs < downMs) return undefined
  const upMs = elapsedMs - downMs
  const found = Math.floor((upMs - emptyMs) / betweenMs) + 1
  const uptimeSeconds = Math.floor(upMs / 1000)
  const devices = house.devices.slice(0, Math.max(0, found))
  return {
    ...house,
    // A device is found first and read a little later.
    devices: devices.map((device, index) => (index === found - 1 ? unread(device) : device)),
    system: {
      ...house.system,
      uptimeSeconds,
      ...(devices.length === 0 ? { busStatus: 'unknown' } : {}),
    },
  }
}
