import type { Entity } from './entity.ts'
import { FIRMWARE } from './firmware.ts'
import type { BusDevice, House, SystemFacts } from './house.ts'
import type { Scene } from './scene.ts'
import type { Settings } from './settings.ts'

export const VARIATIONS: readonly Scene[] = [
  variation('german', 'Names, words and units in German.', withSettings({ language: 'de' })),
  variation('dutch', 'Names, words and units in Dutch.', withSettings({ language: 'nl' })),
  ...([1, 2, 3, 4, 5, 6] as const).map(boolFormat =>
    variation(`bool-format-${boolFormat}`, `Booleans in format ${boolFormat}.`, withSettings({ boolFormat })),
  ),
  ...([1, 2] as const).map(enumFormat =>
    variation(`enum-format-${enumFormat}`, `Enums in format ${enumFormat}.`, withSettings({ enumFormat })),
  ),
  variation(
    'german-bool-format-2',
    'German, booleans in capitals.',
    withSettings({ language: 'de', boolFormat: 2 }),
  ),
  variation(
    'dutch-index',
    'Dutch, enums as index, booleans as numbers.',
    withSettings({ language: 'nl', boolFormat: 6, enumFormat: 2 }),
  ),
  variation('fahrenheit', 'A gateway set to Fahrenheit.', withSettings({ isFahrenheit: true })),
  variation('just-booted', 'Devices are known, and nothing has a value yet.', house => ({
    ...withSystem({ uptimeSeconds: 21 })(house),
    devices: house.devices.map(unread),
  })),
  variation('no-devices', 'Just booted: no device was found yet.', house => ({
    ...withSystem({ uptimeSeconds: 4, busStatus: 'unknown' })(house),
    devices: [],
  })),
  variation('no-endpoint', 'A build before /metrics came, with the newest names.', house => ({
    ...house,
    firmware: { ...FIRMWARE['3.7'], version: '3.7.3-dev.12' },
  })),
  variation(
    'renamed',
    'The user gave entities names of his own.',
    withEntities(entity => RENAMED[entity.name] ?? {}),
  ),
  variation(
    'masked',
    'Some entities are excluded, read-only or hidden.',
    withEntities(entity => MASKED[entity.name] ?? {}),
  ),
  variation('unknown-words', 'Device words that the API does not know.', house => ({
    ...house,
    devices: [...house.devices, ...['generic', 'unknown', 'pump', 'heat bank'].map(listedOnly)],
  })),
  variation(
    'bus-disconnected',
    'The bus is silent, the values stay.',
    withSystem({ busStatus: 'disconnected' }),
  ),
  variation(
    'bus-tx-issues',
    'The bus has trouble with sending.',
    withSystem({ busStatus: 'connected, tx issues - try a different Tx Mode' }),
  ),
  variation('low-memory', 'Little memory is left.', withSystem({ freeMemory: 61, largestBlock: 31 })),
  variation('busy-bus', 'A counter beyond 2147483647.', withSystem({ telegramsReceived: 3_000_000_123 })),
  variation('restarted', 'Up for one minute.', withSystem({ uptimeSeconds: 60 })),
  variation('odd-texts', 'Texts with quotes and backslashes, syslog on, MQTT off.', house => ({
    ...withSystem({ hasMqtt: false, hasSyslog: true, hostname: 'ems "up\\stairs"' })(house),
    devices: house.devices.map(device => ({ ...device, name: `${device.name} "attic"` })),
  })),
  variation('second-gone', 'Only the first device of each type is left.', house => ({
    ...house,
    devices: house.devices.filter(
      (device, index) => house.devices.findIndex(({ type }) => type === device.type) === index,
    ),
  })),
  variation('sensor-unplugged', 'The sensors on the gateway have no value.', house => ({
    ...house,
    own: { ...house.own, temperatures: house.own.temperatures.map(({ id, name }) => ({ id, name })) },
  })),
  variation(
    'counters-zero',
    'Energy counters say 0, as they do for a sample now and then.',
    withEntities(({ name, circuit }) =>
      (name === 'nrgtotal' || name === 'nrgheat') && circuit === undefined ? { stored: 0 } : {},
    ),
  ),
]

const RENAMED: Readonly<Record<string, Partial<Entity>>> = {
  curflowtemp: { customName: 'Flow: upstairs, "attic" \\ cellar' },
  seltemp: { customName: 'Wunschtemperatur' },
  burngas: { customName: 'hc1 flame' },
  comfort: { customName: '' },
}

const MASKED: Readonly<Record<string, Partial<Entity>>> = {
  rettemp: { isReadable: false },
  circmode: { isWriteable: false },
  currtemp: { isVisible: false },
  syspress: { isReadable: false, isVisible: false },
  heatingoff: { isReadable: false, isWriteable: false, isVisible: false },
}

function variation(name: string, summary: string, vary: (house: House) => House): Scene {
  return { kind: 'variation', name, summary, vary }
}

function withSettings(settings: Partial<Settings>): (house: House) => House {
  return house => ({ ...house, settings: { ...house.settings, ...settings } })
}

function withSystem(facts: Partial<SystemFacts>): (house: House) => House {
  return house => ({ ...house, system: { ...house.system, ...facts } })
}

function withEntities(change: (entity: Entity) => Partial<Entity>): (house: House) => House {
  return house => ({
    ...house,
    devices: house.devices.map(device => ({
      ...device,
      entities: device.entities.map(entity => ({ ...entity, ...change(entity) })),
    })),
  })
}

/** A device of which nothing was read. */
export function unread(device: BusDevice): BusDevice {
  return { ...device, entities: device.entities.map(({ stored: _stored, ...entity }) => entity) }
}

function listedOnly(type: string, index: number): BusDevice {
  return {
    type,
    name: `Unknown ${type}`,
    id: `0x${(0x60 + index).toString(16)}`,
    product: index,
    brand: '',
    version: '00.00',
    entities: [],
    isListedOnly: true,
  }
}
