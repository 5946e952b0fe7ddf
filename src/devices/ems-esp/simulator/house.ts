import type { Entity } from './entity.ts'
import { jsonBoolean, type Spelling } from './entity-json.ts'
import type { Json } from './json.ts'
import type { OwnEntities } from './own-entities.ts'

/** A device on the bus. */
export interface BusDevice {
  readonly type: string
  readonly name: string
  /** `0x08` */
  readonly id: string
  readonly product: number
  readonly brand: string
  readonly version: string
  readonly entities: readonly Entity[]
  /** Words of `controller` and `generic` are shown by the system document and unknown to everything else. */
  readonly isListedOnly?: boolean
}

/** What the gateway says of itself and what differs between scenarios. */
export interface SystemFacts {
  readonly uptimeSeconds: number
  /** What its clock shows, as seconds since 1970. */
  readonly clockSeconds: number
  readonly freeMemory: number
  readonly largestBlock: number
  /** The chip's own sensor, absent on chips without one. */
  readonly temperature?: number
  readonly network: 'WiFi' | 'Ethernet'
  readonly rssi: number
  readonly hostname: string
  readonly hasMqtt: boolean
  readonly hasSyslog: boolean
  readonly busStatus: string
  readonly busProtocol: 'Buderus' | 'HT3'
  readonly telegramsReceived: number
}

/** A gateway and all it is connected to, at one moment. */
export interface House extends Spelling {
  readonly devices: readonly BusDevice[]
  readonly own: OwnEntities
  readonly system: SystemFacts
}

export const QUIET_SYSTEM: SystemFacts = {
  uptimeSeconds: 442_573,
  clockSeconds: Date.UTC(2026, 10, 21, 10) / 1000,
  freeMemory: 131,
  largestBlock: 87,
  temperature: 45,
  network: 'WiFi',
  rssi: -61,
  hostname: 'ems-esp',
  hasMqtt: true,
  hasSyslog: false,
  busStatus: 'connected',
  busProtocol: 'Buderus',
  telegramsReceived: 118_904,
}

/** On or off as this gateway writes it. */
export function spelled(value: boolean, { settings }: Spelling): Json {
  return jsonBoolean(value, settings)
}
