import { HearthError } from '../../core/errors.ts'
import { isObject, type JsonObject, numberIn } from './json.ts'
import { inTable } from './table.ts'
import { todaysWord } from './words.ts'

export type Scalar = string | number | boolean

/** The gateway's document about itself, under today's names whatever its firmware. */
export interface SystemDocument {
  /** In the firmware's order. */
  readonly sections: readonly (readonly [name: string, values: ReadonlyMap<string, Scalar>])[]
  readonly devices: readonly ListedDevice[]
}

/** An entry of the list of devices. */
export interface ListedDevice {
  readonly type: string
  /** Scalars of the entry in their order, `type` included, handlers left out. */
  readonly facts: ReadonlyMap<string, Scalar>
}

/** Section names up to 3.6 (`System Info`, in 3.4 `System Status`) by their first word; 3.7 and newer have today's. */
const OLD_SECTION = /^(System|Network|NTP|MQTT|Syslog|Sensor|API|Bus) (?:Info|Status)$|^(Settings)$/

/** Old keys, lower case, that do not become today's by joining their words. */
const OLD_KEYS: Readonly<Record<string, string>> = {
  'uptime (seconds)': 'uptimeSec',
  'static ip config': 'staticIP',
  connection: 'network',
  'notoken api': 'noTokenApi',
  'ems bus id': 'emsBusID',
  'device id': 'deviceID',
  'product id': 'productID',
  'ntp status': 'NTPstatus',
  'mqtt connects': 'MQTTReconnects',
  mqttconnects: 'MQTTReconnects',
  'client id': 'clientID',
  'cors origin': 'CORSOrigin',
}

/** What identifies the house on its network. 3.4 and 3.5 show it; newer firmware does not, and hearth never. */
const ADDRESS = /^(ipv4|ipv6|mac) /i

const ACCESS_POINT: Readonly<Record<string, string>> = {
  approvisionmode: 'provisionMode',
  apsecurity: 'security',
  apssid: 'ssid',
}

const AFTER_AP: readonly string[] = ['mqtt', 'modbus', 'syslog', 'sensor', 'analog', 'api', 'bus', 'settings']

/** Reads `/api/system`. Throws kind `schema` when it is none: no section, or no list of devices. */
export function readSystem(document: JsonObject, what: string): SystemDocument {
  const sections = new Map<string, Map<string, Scalar>>()
  let devices: readonly ListedDevice[] | undefined
  for (const [title, content] of Object.entries(document)) {
    if (Array.isArray(content)) {
      if (title.toLowerCase() === 'devices') devices = content.flatMap(listed)
      continue
    }
    if (!isObject(content)) continue
    const old = OLD_SECTION.exec(title)
    const name = (old?.[1] ?? old?.[2] ?? title).toLowerCase()
    // `OTA Info` of 3.4 to 3.6 has no successor.
    if (!/^[a-z_]+$/.test(name)) continue
    for (const [key, value] of Object.entries(content)) {
      if (isScalar(value)) put(sections, name, key, value)
    }
    if (!sections.has(name)) sections.set(name, new Map())
  }
  if (!sections.has('system') || !sections.has('bus') || !devices) {
    throw new HearthError('HEARTH_ANSWER_SHAPE', `${what}: the answer is not that of an EMS-ESP gateway`, {
      kind: 'schema',
      hint: 'Check the address: /api/system must answer there',
    })
  }
  return { sections: inOrder(sections), devices }
}

function put(sections: Map<string, Map<string, Scalar>>, name: string, key: string, value: Scalar): void {
  if (ADDRESS.test(key)) return
  const today = todaysKey(key)
  const apKey = name === 'network' ? inTable(ACCESS_POINT, today.toLowerCase()) : undefined
  const section = apKey === undefined ? name : 'ap'
  const values = sections.get(section) ?? new Map<string, Scalar>()
  sections.set(section, values)
  values.set(apKey ?? today, value)
}

/** `free mem` is `freeMem`, `MQTT publish fails` is `MQTTPublishFails`, `bus reads (tx)` is `busReads`. */
function todaysKey(key: string): string {
  const known = inTable(OLD_KEYS, key.toLowerCase())
  if (known !== undefined) return known
  const [first = '', ...others] = key.replace(/ \([rt]x\)$/, '').split(' ')
  return first + others.map(word => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}

function listed(entry: unknown): readonly ListedDevice[] {
  if (!isObject(entry)) return []
  const facts = new Map<string, Scalar>()
  for (const [key, value] of Object.entries(entry)) {
    const today = todaysKey(key)
    if (isScalar(value) && !today.startsWith('handlers')) facts.set(today, value)
  }
  const type = facts.get('type')
  if (typeof type !== 'string') return []
  const word = todaysWord(type.toLowerCase())
  return [{ type: word, facts: facts.set('type', word) }]
}

/** The access point of 3.7 comes where 3.8 has it: before MQTT. */
function inOrder(sections: ReadonlyMap<string, ReadonlyMap<string, Scalar>>): SystemDocument['sections'] {
  const ap = sections.get('ap')
  const others = [...sections].filter(([name]) => name !== 'ap')
  if (!ap) return others
  const at = others.findIndex(([name]) => AFTER_AP.includes(name))
  return at < 0 ? [...others, ['ap', ap]] : [...others.slice(0, at), ['ap', ap], ...others.slice(at)]
}

function isScalar(value: unknown): value is Scalar {
  return typeof value === 'string' || typeof value === 'boolean' || numberIn(value) !== undefined
}

/** A value by section and key; undefined when it is not there. */
export function factAt(document: SystemDocument, section: string, key: string): Scalar | undefined {
  return document.sections.find(([name]) => name === section)?.[1].get(key)
}
