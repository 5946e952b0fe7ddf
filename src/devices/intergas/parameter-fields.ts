import type { AnswerName } from './commands.ts'
import { type Field, fieldsOf } from './field.ts'
import { byteAt, s8At } from './words.ts'

/** The settings of `V?` in the order of its bytes; the last byte of the answer is unknown. Meanings are unverified. */
const SETTINGS: readonly (readonly [key: string, help: string, family?: string])[] = [
  ['heater_on', 'Heating switched on', 'hearth_enabled'],
  ['comfort_mode', 'Comfort mode of the hot water'],
  ['ch_set_max', 'Highest flow temperature, °C', 'hearth_temperature_setpoint_celsius'],
  ['dhw_set', 'Hot water temperature, °C', 'hearth_temperature_setpoint_celsius'],
  ['eco_days', 'Eco days'],
  ['comfort_set', 'Comfort setting'],
  ['dhw_at_night', 'Hot water at night'],
  ['ch_at_night', 'Heating at night'],
  ['param_1', 'Type of installation'],
  ['param_2', 'Pump runs on'],
  ['param_3', 'Highest heating output, %'],
  ['param_4', 'Highest hot water output, %'],
  ['param_5', 'Lowest flow temperature of the heating curve, °C'],
  ['param_6', 'Lowest outside temperature of the heating curve, °C'],
  ['param_7', 'Highest outside temperature of the heating curve, °C'],
  ['param_8', 'After-run of the pump, heating, min'],
  ['param_9', 'After-run of the pump, cylinder, min'],
  ['param_A', 'Sense of the three-way valve'],
  ['param_b', 'Booster'],
  ['param_C', 'Step modulation'],
  ['param_c', 'Lowest fan speed, heating, hundreds of rpm'],
  ['param_d', 'Lowest fan speed, hot water, hundreds of rpm'],
  ['param_E', 'Lowest flow temperature under OpenTherm, °C'],
  ['param_E.', 'Reaction to OpenTherm'],
  ['param_F', 'Fan speed at the start, heating'],
  ['param_H', 'Highest fan speed'],
  ['param_n', 'Flow temperature for the cylinder, °C'],
  ['param_o', 'Pause after hot water before heating, min'],
  ['param_P', 'Anti-cycle time, min'],
  ['param_r', 'Coefficient of the heating curve'],
  ['param_F.', 'Fan speed at the start, hot water'],
]

/** Names of the settings, in the order of the bytes and of the original's page. */
export const SETTING_KEYS: readonly string[] = SETTINGS.map(([key]) => key)

const { any } = fieldsOf('V?', 'plain')

/** `V?`, one signed byte each. */
export const SETTING_FIELDS: readonly Field[] = SETTINGS.map(([key, help, family], offset) =>
  any(key, { help, ...(family ? { family } : {}) }, bytes => s8At(bytes, offset)),
)

/** Parameter n of an Xtreme is byte n%32 of `V(n/32)`; what each means is not known here. */
export const XTREME_PARAMETER_FIELDS: readonly Field[] = (
  ['V0', 'V1', 'V2', 'V3'] as const satisfies readonly AnswerName[]
).flatMap((answer, block) => {
  const fields = fieldsOf(answer, 'xtreme')
  return Array.from({ length: 32 }, (_, offset) => {
    const number = block * 32 + offset
    return fields.any(`parameter_${number}`, { help: `Parameter ${number}` }, bytes => byteAt(bytes, offset))
  })
})

const faults = fieldsOf('EN', 'plain')

/** `EN`: how often each fault happened; 255 is never. */
export const FAULT_HISTORY_FIELDS: readonly Field[] = Array.from({ length: 32 }, (_, code) =>
  faults.any(`fault_${code}_count`, { help: `Times fault ${code} happened` }, bytes =>
    byteAt(bytes, code) === 255 ? undefined : byteAt(bytes, code),
  ),
)
