/** A DS18B20 on the gateway. */
export interface TemperatureSensor {
  readonly id: string
  readonly name: string
  /** Degrees celsius; absent when it is unplugged. */
  readonly celsius?: number
}

/** A pin of the gateway. */
export interface AnalogSensor {
  readonly name: string
  readonly gpio: number
  readonly kind: 'counter' | 'adc' | 'digital in' | 'digital out'
  readonly value?: number
  readonly unit?: string
}

export interface Schedule {
  /** Empty where the user gave none. */
  readonly name: string
  readonly isOn: boolean
  readonly time: string
  readonly command: string
}

/** An entity that the user made of a telegram or of memory. */
export interface CustomEntity {
  readonly name: string
  readonly storage: 'ram' | 'ems'
  readonly kind: 'number' | 'boolean' | 'string'
  readonly value?: number | string
  readonly unit?: string
}

/** What hangs on the gateway itself. */
export interface OwnEntities {
  readonly temperatures: readonly TemperatureSensor[]
  readonly analogs: readonly AnalogSensor[]
  readonly schedules: readonly Schedule[]
  readonly customs: readonly CustomEntity[]
}

export const NO_OWN: OwnEntities = { temperatures: [], analogs: [], schedules: [], customs: [] }

/** Names as users give them: blanks, umlauts, digits alone. */
export const SOME_OWN: OwnEntities = {
  temperatures: [
    { id: '28-1767-7B13-2502', name: 'Vorlauf Küche', celsius: 31.4 },
    { id: '28-183D-1892-0C33', name: 'buffer_top', celsius: 48 },
    { id: '28-0000-0000-0001', name: '28_0000_0000_0001' },
  ],
  analogs: [
    { name: 'gas meter', gpio: 39, kind: 'counter', value: 1204.5, unit: 'm³' },
    { name: 'door', gpio: 36, kind: 'digital in', value: 1 },
    { name: 'pressure', gpio: 34, kind: 'adc', value: 1.43, unit: 'bar' },
  ],
  schedules: [
    { name: 'night', isOn: true, time: '22:00', command: 'thermostat/hc1/mode' },
    { name: '', isOn: false, time: '06:00', command: 'system/message' },
  ],
  customs: [
    { name: 'Pool pump runtime', storage: 'ems', kind: 'number', value: 70, unit: 'h' },
    { name: '7', storage: 'ram', kind: 'number', value: 14 },
    { name: 'seltemp', storage: 'ems', kind: 'number', value: 20.55, unit: '°C' },
    { name: 'door state', storage: 'ems', kind: 'boolean', value: 1 },
    { name: 'note', storage: 'ram', kind: 'string', value: 'filter changed' },
    { name: 'unread', storage: 'ems', kind: 'number', unit: 'K' },
  ],
}
