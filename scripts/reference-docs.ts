import type { Driver, FieldDoc } from '../src/core/driver.ts'
import { FAMILIES, type Family, HOUSE_FAMILIES } from '../src/core/families/index.ts'

const GENERATED = '<!-- Made by `npm run generate` from the code. Change the code, not this page. -->'

/** docs/devices.md: every device hearth can read, as its folder describes itself. */
export async function deviceList(drivers: readonly Driver[]): Promise<string> {
  const shown = await Promise.all(
    drivers.map(async driver => ({ ...driver, scenarios: (await driver.simulator()).scenarios })),
  )
  const rows = shown.map(({ type, title, targetKey, dropIn, scenarios, fields }) => [
    `[${title}](../src/devices/${type}/README.md)`,
    `\`${type}\``,
    targetKey === 'port' ? 'serial, TCP' : 'HTTP',
    `\`hearth ${dropIn.name}\``,
    String(dropIn.defaultPort),
    String(fields.length),
    String(scenarios.length),
  ])
  return page('Devices', [
    'What hearth can read. Each device is one folder under `src/devices`; its page tells wiring, options and quirks.',
    table(['device', '`type`', 'way in', 'drop-in', 'port', 'native values', 'simulated scenarios'], rows),
    ...shown.flatMap(({ title, scenarios, type }) => [
      `## ${title}: simulated scenarios`,
      `\`hearth simulate ${type} --scenario NAME\``,
      table(
        ['scenario', 'what happens'],
        scenarios.map(({ name, summary }) => [`\`${name}\``, summary]),
      ),
    ]),
  ])
}

/** docs/metrics.md: the vendor-neutral families, and which native value of which device becomes which. */
export function metricReference(drivers: readonly Driver[]): string {
  return page('Metrics', [
    'The vendor-neutral dialect, served at `/metrics` and `/devices/NAME/unified`. Every family of a device has the label `device` besides those listed.',
    '## Families',
    familyTable({ ...HOUSE_FAMILIES, ...FAMILIES }),
    '`process_*` and `nodejs_*` are those of the usual Node client libraries.',
    ...drivers.flatMap(({ title, fields }) => [
      `## ${title}`,
      'Native values as the device names them. A value without a family is in `/devices/NAME/status` and the drop-in only.',
      fieldTable(fields),
    ]),
  ])
}

function familyTable(families: Readonly<Record<string, Family>>): string {
  const rows = Object.entries(families).map(([name, { type, labels, help, states }]) => [
    `\`${name}\``,
    type,
    labels.map(label => `\`${label}\``).join(', '),
    states ? `${help} States: ${states.join(', ')}.` : help,
  ])
  return table(['family', 'type', 'labels', 'meaning'], rows)
}

function fieldTable(fields: readonly FieldDoc[]): string {
  const rows = fields.map(({ key, help, unit, family, note, values }) => [
    `\`${key}\``,
    unit ?? '',
    family ? `\`${family}\`` : '',
    [
      help,
      note,
      values &&
        Object.entries(values)
          .map(([value, name]) => `${value} ${name}`)
          .join(', '),
    ]
      .filter(Boolean)
      .join('; '),
  ])
  return table(['native value', 'unit', 'family', 'meaning'], rows)
}

function page(title: string, blocks: readonly string[]): string {
  return `${[`# ${title}`, GENERATED, ...blocks].join('\n\n')}\n`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cellText).join(' | ')} |`
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n')
}

function cellText(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ').trim()
}
