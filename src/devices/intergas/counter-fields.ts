import { type Field, fieldsOf } from './field.ts'
import { byteAt, u16At, u32At } from './words.ts'

const HOURS = 'hearth_operating_seconds_total'
const STARTS = 'hearth_starts_total'
const EVENTS = 'hearth_events_total'
const GAS = 'hearth_fuel_volume_cubic_meters_total'
const COUNTS_PER_CUBIC_METER = 10_000

const { any, word } = fieldsOf('HN')

function joined(key: string, low: number, high: number, meaning: Omit<Field, 'key' | 'answer' | 'decode'>) {
  return any(key, meaning, bytes => u16At(bytes, low) + 0x1_0000 * byteAt(bytes, high))
}

/** `HN` (on the Xtreme `H0`), hours and counters; some have their third byte at the end of the answer. */
export const COUNTER_FIELDS: readonly Field[] = [
  joined('line_power', 0, 30, { unit: 'h', help: 'Hours on mains power', family: HOURS }),
  word(2, 'power_disconnect', { help: 'Times mains power was lost', family: EVENTS }),
  word(4, 'ch_function', { unit: 'h', help: 'Heating hours', family: HOURS }),
  word(6, 'dhw_function', { unit: 'h', help: 'Hot water hours', family: HOURS }),
  joined('burnerstarts', 8, 31, { help: 'Burner starts', family: STARTS }),
  word(10, 'ignition_failed', { help: 'Ignitions that failed', family: EVENTS }),
  word(12, 'flame_lost', { help: 'Times the flame was lost', family: EVENTS }),
  word(14, 'reset', { help: 'Resets', family: EVENTS }),
  any(
    'gasmeter_cv',
    { unit: 'm³', help: 'Gas for heating, estimated by the board', family: GAS },
    bytes => u32At(bytes, 16) / COUNTS_PER_CUBIC_METER,
  ),
  any(
    'gasmeter_warmwater',
    { unit: 'm³', help: 'Gas for hot water, estimated by the board', family: GAS },
    bytes => u32At(bytes, 20) / COUNTS_PER_CUBIC_METER,
  ),
  any(
    'watermeter',
    { unit: 'm³', help: 'Hot water used', family: 'hearth_water_volume_cubic_meters_total' },
    bytes => (u16At(bytes, 24) + 0x1_0000 * byteAt(bytes, 28)) / COUNTS_PER_CUBIC_METER,
  ),
  joined('burnerstarts_dhw', 26, 29, { help: 'Burner starts for hot water', family: STARTS }),
]
