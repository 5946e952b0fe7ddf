/** What the boiler does, by its status code. A code that is not here is shown as its number only. */
const ACTIVITIES: Readonly<Record<number, string>> = {
  15: 'dhw',
  24: 'heating',
  37: 'heating',
  51: 'dhw',
  58: 'standby',
  85: 'standby',
  102: 'heating',
  126: 'standby',
  127: 'standby',
  153: 'dhw_overrun',
  170: 'standby',
  204: 'dhw',
  230: 'heating',
  231: 'heating_overrun',
  240: 'dhw',
  255: 'dhw',
}
/** Heating is wanted; while the fan is told to stand, the boiler waits. */
const HEATING_OR_WAITING = new Set([0, 103])

/** State of `hearth_activity`; undefined for a code whose meaning is not known. */
export function activityOf(code: number, fanSetRpm: number | undefined): string | undefined {
  if (HEATING_OR_WAITING.has(code)) return fanSetRpm === 0 ? 'standby' : 'heating'
  return ACTIVITIES[code]
}
