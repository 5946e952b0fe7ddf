import type { Firmware } from './firmware.ts'
import { isOld } from './firmware.ts'
import { type JsonObject, object } from './json.ts'
import type { Section } from './system-document.ts'

/** Sections of firmware up to 3.6 by today's name; 3.4 says Status in place of Info. */
const OLD_SECTIONS: Readonly<Record<string, string>> = {
  system: 'System Info',
  network: 'Network Info',
  ntp: 'NTP Info',
  mqtt: 'MQTT Info',
  syslog: 'Syslog Info',
  sensor: 'Sensor Info',
  api: 'API Info',
  bus: 'Bus Info',
  settings: 'Settings',
}

/** Keys that are not today's key with blanks in place of humps. */
const OLD_KEYS: Readonly<Record<string, string>> = {
  uptimeSec: 'uptime (seconds)',
  NTPstatus: 'NTP status',
  staticIP: 'static ip config',
  busTelegramsReceived: 'bus telegrams received (rx)',
  busReads: 'bus reads (tx)',
  busWrites: 'bus writes (tx)',
  MQTTReconnects: 'MQTT connects',
  enableMDNS: 'enable MDNS',
  enableCORS: 'enable CORS',
  noTokenApi: 'notoken api',
  emsBusID: 'ems bus id',
  clientID: 'client id',
  publish2command: 'publish2command',
  RSSI: 'RSSI',
  BSSID: 'BSSID',
  TxPowerSetting: 'TxPowerSetting',
  deviceID: 'device id',
  productID: 'product id',
  APProvisionMode: 'AP provision mode',
  APSecurity: 'AP security',
  APSSID: 'AP ssid',
}

/** What came with 3.7 and later. */
const NEWER: ReadonlySet<string> = new Set([
  ...['cpuType', 'freeCaps', 'usedApp', 'flash_chip_size', 'psram', 'psramSize', 'freePsram', 'model'],
  ...['temperature', 'WIFIReconnects', 'NTPStatus', 'timestamp', 'publishTimeWater', 'modbusEnabled'],
  ...['forceHeatingOff', 'developerMode', 'showerMinDuration'],
])

/** The sections as this firmware names them. */
export function oldSections(sections: readonly Section[], firmware: Firmware): readonly Section[] {
  if (firmware.age === '3.8') return sections
  const before = sections.flatMap(section => in37(section, firmware))
  return isOld(firmware) ? before.flatMap(section => in36(section, firmware)) : before
}

/** 3.7 had no section `ap`, no time stamp, and in 3.7.0 another word for reconnects. */
function in37([name, values]: Section, { version }: Firmware): readonly Section[] {
  if (name === 'ap') return []
  if (name === 'network') {
    const accessPoint = [
      ['APProvisionMode', 'disconnected'],
      ['APSecurity', 'wpa2'],
      ['APSSID', 'ems-esp'],
    ] as const
    return [[name, [...values, ...accessPoint]]]
  }
  const rows = values.filter(([key]) => key !== 'timestamp' && key !== 'NTPStatus')
  if (version !== '3.7.0') return [[name, rows]]
  return [
    [name, rows.map(([key, value]) => [key === 'MQTTReconnects' ? 'MQTTConnects' : key, value] as const)],
  ]
}

function in36([name, values]: Section, { age }: Firmware): readonly Section[] {
  const info = OLD_SECTIONS[name] ?? name
  const title = age === '3.4' ? info.replace('Info', 'Status') : info
  const rows = values
    .filter(([key]) => !NEWER.has(key) && !(age === '3.4' && key === 'uptimeSec'))
    .map(([key, value]) => {
      if (age === '3.4' && name === 'network' && key === 'network') return ['connection', value] as const
      return [oldKey(key), value] as const
    })
  const section: Section = [title, rows]
  if (name !== 'ntp') return [section]
  const update: Section = [
    age === '3.4' ? 'OTA Status' : 'OTA Info',
    [
      ['enabled', true],
      ['port', 8266],
    ],
  ]
  return [section, update]
}

/** A row of `Devices`. */
export function oldDevice(row: JsonObject): JsonObject {
  return object(
    row.members.flatMap(([key, value]) =>
      key === 'brand' && value === '' ? [] : [[oldKey(key), value] as const],
    ),
  )
}

/** `freeMem` was `free mem`; capitals that belong together stay: `API calls`. */
function oldKey(key: string): string {
  const known = OLD_KEYS[key]
  if (known !== undefined) return known
  return key
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .split(' ')
    .map(word => (/^[A-Z]{2,}$/.test(word) ? word : word.toLowerCase()))
    .join(' ')
}
