import { escapeHelp } from './machine-text.ts'
import type { ListedDevice, Scalar, SystemDocument } from './system-document.ts'

/** Left out by the firmware: they change with each asking. */
const IGNORED: ReadonlySet<string> = new Set(['system.uptime', 'ntp.timestamp'])
/** The only value that the firmware keeps as a float, and prints with two decimals also when it is whole. */
const FLOAT = 'system.temperature'
const LABEL_NAME = /^[a-z_][a-z0-9_]*$/
/** Facts of a device that become labels, by their lower-case name, in the order of JSON. */
const DEVICE_LABELS: ReadonlySet<string> = new Set(['type', 'name', 'deviceid', 'brand', 'version'])

/** The text that the firmware makes of its document: numbers of each section, then its strings as labels, then devices. */
export function systemText({ sections, devices }: SystemDocument): string {
  const page = createPage()
  for (const [section, values] of sections) {
    const labels: [string, string][] = []
    for (const [key, value] of values) {
      if (IGNORED.has(`${section}.${key}`)) continue
      if (typeof value === 'string') addLabel(labels, key, value)
      else page.add(`${section}_${key}`, key, '', numberText(`${section}.${key}`, value))
    }
    if (labels.length > 0) page.add(`${section}_info`, 'info', labelText(labels), '1')
  }
  for (const device of devices) addDevice(page, device)
  return page.text()
}

function createPage() {
  const named = new Set<string>()
  const printed = new Set<string>()
  let text = ''
  return {
    add(rawName: string, help: string, labels: string, value: string) {
      const name = `emsesp_${rawName.toLowerCase().replace(/[^a-z0-9_]/g, '_')}`
      if (printed.has(name + labels)) return
      printed.add(name + labels)
      if (!named.has(name)) {
        named.add(name)
        text += `# HELP ${name} ${escapeHelp(help)}\n# TYPE ${name} gauge\n`
      }
      text += `${name}${labels} ${value}\n`
    },
    text: () => text,
  }
}

function addDevice(page: ReturnType<typeof createPage>, { facts }: ListedDevice): void {
  const labels: [string, string][] = []
  for (const [key, value] of facts) {
    if (typeof value === 'string' && DEVICE_LABELS.has(key.toLowerCase())) addLabel(labels, key, value)
  }
  for (const key of ['productID', 'entities']) {
    const value = facts.get(key)
    if (typeof value === 'number')
      page.add(`device_${key}`, key, labelText(labels), String(Math.trunc(value)))
  }
}

/** Of two spellings (`NTPstatus`, `NTPStatus`) the first counts; what is empty is left out. */
function addLabel(labels: [string, string][], key: string, value: string): void {
  const name = key.toLowerCase().replace(/[^a-z0-9_]/g, '_')
  if (!LABEL_NAME.test(name)) return
  if (value !== '' && !labels.some(([other]) => other === name)) labels.push([name, value])
}

/** Comma and blank between labels, as only this firmware writes them. */
function labelText(labels: readonly (readonly [string, string])[]): string {
  if (labels.length === 0) return ''
  return `{${labels.map(([name, value]) => `${name}="${escapeLabel(value)}"`).join(', ')}}`
}

function escapeLabel(value: string): string {
  return escapeHelp(value).replace(/"/g, '\\"')
}

function numberText(key: string, value: Exclude<Scalar, string>): string {
  if (typeof value === 'boolean') return value ? '1' : '0'
  if (key === FLOAT || !Number.isInteger(value)) return value.toFixed(2)
  return value.toFixed(0)
}
