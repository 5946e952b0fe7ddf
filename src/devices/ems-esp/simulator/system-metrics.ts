import type { House } from './house.ts'
import type { Section, SystemDevice, SystemValue } from './system-document.ts'
import { systemDevices, systemSections } from './system-document.ts'

/** Keys that would make a new series at every reading. */
const IGNORED = new Set(['system.uptime', 'ntp.timestamp'])
const LARGEST_INTEGER = 2_147_483_647

/** The text of `/api/system/metrics`. */
export function systemMetrics(house: House): string {
  return systemSections(house).map(sectionText).join('') + devicesText(systemDevices(house))
}

function sectionText([section, values]: Section): string {
  let text = ''
  const labels = new Map<string, string>()
  for (const [key, value] of values) {
    if (IGNORED.has(`${section}.${key}`)) continue
    if (typeof value === 'string') {
      const label = key.toLowerCase()
      if (value !== '' && !labels.has(label)) labels.set(label, value)
      continue
    }
    text += `${family(metricName(section, key), key)}${metricName(section, key)} ${numberText(value)}\n`
  }
  if (labels.size === 0) return text
  const name = `emsesp_${section}_info`
  return `${text}${family(name, 'info')}${name}{${labelText([...labels])}} 1\n`
}

function devicesText(devices: readonly SystemDevice[]): string {
  const known = new Set<string>()
  const sample = (key: string, labels: string, value: number) => {
    const name = `emsesp_device_${key.toLowerCase()}`
    const head = known.has(name) ? '' : family(name, key)
    known.add(name)
    return `${head}${name}{${labels}} ${value}\n`
  }
  return devices
    .map(({ type, name, entities, bus }) => {
      const labels = labelText([
        ['type', type],
        ['name', name],
        ['deviceid', bus?.id ?? ''],
        ['brand', bus?.brand ?? ''],
        ['version', bus?.version ?? ''],
      ])
      const product = bus === undefined ? '' : sample('productID', labels, bus.product)
      return product + sample('entities', labels, entities)
    })
    .join('')
}

function family(name: string, help: string): string {
  return `# HELP ${name} ${help}\n# TYPE ${name} gauge\n`
}

function metricName(section: string, key: string): string {
  return `emsesp_${section}_${key.toLowerCase().replace(/[^a-z0-9_]/g, '_')}`
}

function numberText(value: Exclude<SystemValue, string>): string {
  if (typeof value === 'boolean') return value ? '1' : '0'
  if (typeof value === 'object') return value.float.toFixed(2)
  return value > LARGEST_INTEGER ? Math.fround(value).toFixed(2) : value.toFixed(0)
}

/** Empty values are left out; comma and blank between the rest. */
function labelText(labels: readonly (readonly [name: string, value: string])[]): string {
  return labels
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}="${escapedLabel(value)}"`)
    .join(', ')
}

function escapedLabel(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}
