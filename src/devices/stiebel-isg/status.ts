import type { Page } from '../../core/page.ts'
import type { StoredReading } from '../../core/view.ts'

/** Signs that Go's JSON library writes as numbers, so that the text may stand in HTML. */
const ESCAPED = /[<>&\u2028\u2029]/g

/**
 * The original's `/status`: an object by label, sorted, flags left out. Each value is an array with one object, as since
 * release 1.0; without the unit label it has the form of the releases before, which had no arrays and always a unit.
 */
export function statusBody(readings: readonly StoredReading[], hasUnitLabel: boolean): Page {
  const entries = new Map<string, string>()
  for (const { name, value, unit } of readings) {
    if (name === undefined || typeof value !== 'number') continue
    const shown = hasUnitLabel
      ? [{ Value: value, ...(unit === undefined ? {} : { Unit: unit }) }]
      : { Value: value, Unit: unit ?? '' }
    entries.set(name, JSON.stringify(shown))
  }
  // An object would put labels that are numbers first.
  const members = [...entries]
    .toSorted(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .map(([label, shown]) => `${JSON.stringify(label)}:${shown}`)
  const body = `{${members.join(',')}}`.replace(
    ESCAPED,
    sign => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return {
    kind: 'text',
    body,
    contentType: hasUnitLabel ? 'application/json; charset=utf-8' : 'application/json',
  }
}
