import type { StoredReading } from '../../core/view.ts'

/** What the heat pump complains of now. */
export interface Alarms {
  readonly isActive: boolean
  readonly entries: readonly Alarm[]
}

/** Labels of `hearth_fault_info`. A type alias: an interface is no label set to the compiler. */
export type Alarm = { readonly code: string; readonly severity: string; readonly text: string }

type Readings = ReadonlyMap<string, StoredReading>

/** Nobody published the shape of an entry: these are the usual names, in the order in which they are looked for. */
const CODE_NAMES = ['code', 'error_code', 'alarm_code', 'errorCode', 'alarmCode', 'number', 'no', 'id']
const TEXT_NAMES = ['text', 'desc', 'description', 'message', 'msg', 'name', 'title', 'alarm', 'error']
const SEVERITY_NAMES = ['severity', 'level', 'type', 'kind', 'class', 'status']
const UNKNOWN = 'unknown'
const ENTRY = /^alarms\.AlarmsData\[(\d+)\](?:\.(.+))?$/

/**
 * Active alarms. The count of active errors is the number that can be trusted: the list may also hold those of the past.
 * Undefined when neither is known.
 */
export function activeAlarms(readings: Readings): Alarms | undefined {
  const count = readings.get('menu.ActiveErrorsCnt')?.value
  const length = readings.get('alarms.AlarmsData.length')?.value
  const entries = entriesOf(readings)
  if (typeof count === 'number')
    return { isActive: count > 0, entries: unique(entries.slice(0, Math.max(0, Math.floor(count)))) }
  return typeof length === 'number' ? { isActive: length > 0, entries: unique(entries) } : undefined
}

function entriesOf(readings: Readings): Alarm[] {
  const byIndex = new Map<number, Map<string, string>>()
  for (const { key, value } of readings.values()) {
    const [, index, name = ''] = ENTRY.exec(key) ?? []
    if (index === undefined) continue
    const fields = byIndex.get(Number(index)) ?? new Map<string, string>()
    byIndex.set(Number(index), fields.set(name, String(value)))
  }
  return [...byIndex].sort(([a], [b]) => a - b).map(([, fields]) => alarmOf(fields))
}

function alarmOf(fields: ReadonlyMap<string, string>): Alarm {
  const find = (names: readonly string[]) => {
    for (const name of names) {
      const value = fields.get(name)?.trim()
      if (value) return value
    }
    return undefined
  }
  const text = fields.get('') ?? find(TEXT_NAMES) ?? longestText(fields)
  return {
    code: find(CODE_NAMES) ?? UNKNOWN,
    severity: find(SEVERITY_NAMES) ?? UNKNOWN,
    text: text || UNKNOWN,
  }
}

/** The field that looks most like words. */
function longestText(fields: ReadonlyMap<string, string>): string | undefined {
  const worded = [...fields.values()].filter(value => /\p{L}/u.test(value))
  return worded.sort((a, b) => b.length - a.length)[0]
}

/** Two entries of one alarm are one series. */
function unique(alarms: readonly Alarm[]): readonly Alarm[] {
  return [...new Map(alarms.map(alarm => [JSON.stringify(alarm), alarm])).values()]
}
