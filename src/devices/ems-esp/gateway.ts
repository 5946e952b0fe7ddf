import type { FamilyName } from '../../core/families/index.ts'
import type { Identity } from '../../core/reading.ts'
import type { Labels, Series } from '../../core/series.ts'
import type { View } from '../../core/view.ts'
import { numberAt, textAt } from './look.ts'
import { isPossible } from './windows.ts'

const NUMBERS: readonly (readonly [key: string, family: FamilyName, labels: Labels, over?: number])[] = [
  ['system.uptimeSec', 'hearth_device_uptime_seconds', {}],
  ['system.temperature', 'hearth_temperature_celsius', { circuit: 'house', point: 'controller_board' }],
  ['network.RSSI', 'hearth_link_signal_dbm', {}],
  ['bus.busTelegramsReceived', 'hearth_link_messages_total', { direction: 'receive', result: 'ok' }],
  ['bus.busIncompleteTelegrams', 'hearth_link_messages_total', { direction: 'receive', result: 'error' }],
  ['bus.busReads', 'hearth_link_messages_total', { direction: 'read', result: 'ok' }],
  ['bus.busReadsFailed', 'hearth_link_messages_total', { direction: 'read', result: 'error' }],
  ['bus.busWrites', 'hearth_link_messages_total', { direction: 'write', result: 'ok' }],
  ['bus.busWritesFailed', 'hearth_link_messages_total', { direction: 'write', result: 'error' }],
  ['bus.busRxLineQuality', 'hearth_link_quality_ratio', { direction: 'receive' }, 100],
  ['bus.busTxLineQuality', 'hearth_link_quality_ratio', { direction: 'transmit' }, 100],
]

const MAPPED: ReadonlySet<string> = new Set(NUMBERS.map(([key]) => key))
/** Sections of the document, and the list of devices. */
const KNOWN_SECTION = /^(system|network|ntp|ap|mqtt|modbus|syslog|sensor|analog|api|bus|settings|devices)\./

/** The gateway itself in the vendor-neutral dialect. */
export function gatewayUnified({ readings }: View): readonly Series[] {
  const series: Series[] = NUMBERS.flatMap(([key, family, labels, over = 1]) => {
    const value = numberAt(readings, key)
    if (value === undefined) return []
    const inBase = value / over
    return isPossible(family, labels, inBase) ? [{ family, labels, value: inBase }] : []
  })
  const clock = readings.get('ntp.timestamp')
  if (clock && typeof clock.value === 'number' && clock.value > 0) {
    // The gateway tells whole seconds.
    const value = clock.value - Math.floor(clock.receivedAt / 1000)
    series.push({ family: 'hearth_device_clock_offset_seconds', value })
  }
  return series
}

export function gatewayOutcome(key: string): 'mapped' | 'native_only' | 'unknown' {
  if (MAPPED.has(key) || key === 'ntp.timestamp') return 'mapped'
  return KNOWN_SECTION.test(key) ? 'native_only' : 'unknown'
}

export function gatewayIdentity({ readings }: View): Identity {
  const model = textAt(readings, 'system.model') ?? textAt(readings, 'system.platform')
  const firmware = textAt(readings, 'system.version')
  return {
    class: 'gateway',
    vendor: 'EMS-ESP',
    ...(model ? { model } : {}),
    ...(firmware ? { firmware } : {}),
  }
}
