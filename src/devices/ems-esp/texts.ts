import type { Series } from '../../core/series.ts'
import { numberAt, type Readings, textAt } from './look.ts'
import { meaningOf } from './meanings.ts'

/** Texts that become info families: the gateway's own text has none of them. */
export const TEXT_KEYS: Readonly<Record<string, readonly string[]>> = {
  boiler: ['servicecode', 'lastcode', 'maintenancemessage', 'maintenancedate'],
  thermostat: ['errorcode', 'lastcode'],
}

/**
 * Codes of EMS boards: those that begin with `-`, `=` or `0` are ordinary operation (`-H` heating, `=H` hot water, `0H` ready),
 * `H` asks for maintenance, a few others are tests and locks from outside; the rest are faults.
 */
const ORDINARY = /^[-=0]/
const MAINTENANCE = /^H/
const NO_FAULT: ReadonlySet<string> = new Set(['5H', '8Y', '8H', '8L'])
const BLOCKED: ReadonlySet<string> = new Set(['8Y'])
const NOTHING = /^(?:no error|none|ok|-+|0+)$/i

/** `2E(207) 12.03.2023 10:00 - now` has not ended. */
const STILL_THERE = /-\s*now$/
const CODE_AND_MORE = /^([^\s(]+\(\d+\))/

export function isBlockedByCode(readings: Readings): boolean {
  return BLOCKED.has(textAt(readings, 'servicecode') ?? '')
}

/** The fault present now, as the machine's texts say it. */
function presentFault(word: string, readings: Readings): { code: string; text: string } | undefined {
  if (word === 'thermostat') {
    const text = textAt(readings, 'errorcode')
    return text === undefined || NOTHING.test(text) ? undefined : { code: codeIn(text), text }
  }
  const last = textAt(readings, 'lastcode')
  if (last !== undefined && STILL_THERE.test(last) && !MAINTENANCE.test(last))
    return { code: codeIn(last), text: last }
  const service = textAt(readings, 'servicecode')
  if (service === undefined || !isFaultCode(service)) return undefined
  const number = numberAt(readings, 'servicecodenumber')
  return { code: number === undefined ? service : `${service}(${number})`, text: 'unknown' }
}

function isFaultCode(code: string): boolean {
  return !ORDINARY.test(code) && !MAINTENANCE.test(code) && !NO_FAULT.has(code) && !NOTHING.test(code)
}

export function isInFault(word: string, readings: Readings): boolean {
  return presentFault(word, readings) !== undefined
}

/** Whether the machine can tell of faults at all. */
function tellsFaults(word: string, readings: Readings): boolean {
  const keys = word === 'thermostat' ? ['errorcode'] : ['servicecode', 'lastcode']
  return keys.some(key => typeof readings.get(key)?.value === 'string')
}

/** Faults, the newest of the machine's memory, its service code, and what it says of maintenance. */
export function textSeries(word: string, readings: Readings): Series[] {
  if (word !== 'boiler' && word !== 'thermostat') return []
  const series: Series[] = []
  const service = textAt(readings, 'servicecode')
  if (service !== undefined)
    series.push({ family: 'hearth_status_info', labels: { code: service }, value: 1 })
  const fault = presentFault(word, readings)
  if (tellsFaults(word, readings)) series.push({ family: 'hearth_fault_active', value: fault ? 1 : 0 })
  if (fault) {
    series.push({ family: 'hearth_fault_info', labels: { ...fault, severity: 'fault' }, value: 1 })
  }
  const last = textAt(readings, 'lastcode')
  if (last !== undefined && !NOTHING.test(last)) {
    series.push({ family: 'hearth_last_fault_info', labels: { code: codeIn(last), text: last }, value: 1 })
  }
  const message = textAt(readings, 'maintenancemessage')
  const date = textAt(readings, 'maintenancedate')
  if (message !== undefined || date !== undefined) {
    const labels = { message: message ?? 'none', date: date ?? 'none' }
    series.push({ family: 'hearth_maintenance_info', labels, value: 1 })
  }
  const isDue = isMaintenanceDue(readings)
  if (isDue !== undefined) {
    series.push({ family: 'hearth_maintenance_due', labels: { kind: 'service' }, value: isDue ? 1 : 0 })
  }
  return series
}

/** `H00`: none is due; `H03`: by running time, `H08`: by date. */
const NOT_DUE = /^(?:H?0+|none)$/

/**
 * Whether the machine asks for maintenance now. That one is scheduled (`maintenance` is not off) says nothing of that;
 * undefined where only that is known.
 */
function isMaintenanceDue(readings: Readings): boolean | undefined {
  if (MAINTENANCE.test(textAt(readings, 'servicecode') ?? '')) return true
  const message = textAt(readings, 'maintenancemessage')
  if (message !== undefined) return !NOT_DUE.test(message)
  const schedule = readings.get('maintenance')?.value
  const isOff = schedule === 0 || (typeof schedule === 'string' && meaningOf(schedule) === 'off')
  return isOff ? false : undefined
}

/** `A21(802)` of `A21(802) 12.03.2023 ...`; the whole text where it has no such form. */
function codeIn(text: string): string {
  return CODE_AND_MORE.exec(text)?.[1] ?? text.split(/\s/, 1)[0] ?? text
}
