import { type Field, fieldsOf } from './field.ts'
import { byteAt, u16At } from './words.ts'

/** Bytes of `S2` count half percents downwards: 200 is off. */
const PUMP_OFF = 200
/** The mains frequency stands as a time: this over the word is hertz, and 0 is no measurement. */
const MAINS_DIVIDEND = 2000

const s2 = fieldsOf('S2')
const crc = fieldsOf('CRC')

/** `S2`: tap flow, pump, rooms. */
export const ROOM_FIELDS: readonly Field[] = [
  s2.hundredths(0, 'tapflow', 'l/min', 'Hot water flow', 'hearth_water_flow_cubic_meters_per_second'),
  s2.any(
    'pump_pwm',
    { unit: '%', help: 'Pump duty', family: 'hearth_modulation_ratio' },
    bytes => (PUMP_OFF - byteAt(bytes, 2)) / 2,
  ),
  s2.byte(3, 'ot_member_id', { help: 'Maker of the OpenTherm thermostat; 255 is none' }),
  s2.hundredths(4, 'room_override_zone1', '°C', 'Room set point override, zone 1'),
  s2.hundredths(6, 'room_set_zone1', '°C', 'Room set point, zone 1'),
  s2.hundredths(8, 'room_temp_zone1', '°C', 'Room temperature, zone 1'),
  s2.hundredths(10, 'room_override_zone2', '°C', 'Room set point override, zone 2'),
  s2.hundredths(12, 'room_set_zone2', '°C', 'Room set point, zone 2'),
  s2.hundredths(14, 'room_temp_zone2', '°C', 'Room temperature, zone 2'),
  s2.hundredths(16, 'override_outside_temp', '°C', 'Outside temperature given over OpenTherm'),
  s2.byte(18, 'ot_master_prodversion', { help: 'Product version of the OpenTherm thermostat' }),
  s2.byte(19, 'ot_master_prodtype', { help: 'Product type of the OpenTherm thermostat' }),
]

/** `CRC`: timing of the burner controller. */
export const CONTROLLER_FIELDS: readonly Field[] = [
  crc.any('interrupt_time', { help: 'Interrupt time' }, bytes => u16At(bytes, 0) / 5),
  crc.any('interrupt_load', { unit: '%', help: 'Interrupt load' }, bytes => u16At(bytes, 2) / 6.25),
  crc.any('main_load', { unit: '%', help: 'Main load' }, bytes => u16At(bytes, 4) / 8),
  crc.any('net_frequency', { unit: 'Hz', help: 'Mains frequency' }, bytes =>
    u16At(bytes, 6) === 0 ? 0 : MAINS_DIVIDEND / u16At(bytes, 6),
  ),
  crc.any(
    'voltage_reference',
    { unit: 'V', help: 'Reference voltage' },
    bytes => (u16At(bytes, 8) * 5) / 1024,
  ),
  crc.hex(24, 'checksum_1', 'First checksum of the program'),
  crc.hex(28, 'checksum_2', 'Second checksum of the program'),
]
