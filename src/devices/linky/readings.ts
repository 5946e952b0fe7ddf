import type { ErrorKind } from '../../core/errors.ts'
import type { Reading } from '../../core/reading.ts'
import { describeDayProfile, parseDayProfile } from './day-profile.ts'
import { type Horodate, parseHorodate } from './horodate.ts'
import { type Label, labelOf } from './labels.ts'
import type { Group, Mode } from './protocol.ts'
import { parseStatusRegister, statusParts } from './status-register.ts'

/** A group that passed its six-bit checksum and still cannot be true. */
export interface Refusal {
  readonly label: string
  readonly kind: ErrorKind
  /** What is wrong with it, with the characters seen. */
  readonly reason: string
}

/**
 * Readings of one group. One checksum in 64 is right by chance, so the exact width, the character set and the known
 * values are checked as well. A label that no table knows is kept raw under its own name.
 */
export function readingsOf(group: Group, mode: Mode): readonly Reading[] | Refusal {
  const label = labelOf(mode, group.label)
  if (!label) return [{ key: group.label, value: group.data.trim(), raw: group.data, ...stampOf(group) }]
  const { data } = group
  if (!hasWidth(label, data)) {
    return refuse(
      label,
      'parse',
      `${seen(label, data)} has ${data.length} characters, not ${[label.width].flat().join(' or ')}`,
    )
  }
  if (group.horodate !== undefined && group.horodate.trim() !== '' && !parseHorodate(group.horodate)) {
    return refuse(label, 'parse', `"${group.horodate}" is no date`)
  }
  return READERS[label.kind](label, group)
}

type Reader = (label: Label, group: Group) => readonly Reading[] | Refusal

const READERS: Readonly<Record<Label['kind'], Reader>> = {
  index: number,
  number,
  version: number,
  relays: number,
  serial(label, group) {
    return /^\d+$/.test(group.data) || /^[0-9A-Z]+$/.test(group.data)
      ? [reading(label, group, group.data)]
      : refuse(label, 'parse', `${seen(label, group.data)} is no serial number`)
  },
  text: (label, group) => [reading(label, group, group.data.trim())],
  enum(label, group) {
    return label.values?.test(group.data)
      ? [reading(label, group, group.data)]
      : refuse(label, 'implausible', `"${group.data}" is none of its values`)
  },
  hex(label, group) {
    return /^[0-9A-Fa-f]+$/.test(group.data)
      ? [reading(label, group, group.data)]
      : refuse(label, 'parse', `"${group.data}" is not hexadecimal`)
  },
  status(label, group) {
    const status = parseStatusRegister(group.data)
    if (!status) return refuse(label, 'parse', `"${group.data}" is not hexadecimal`)
    const parts = Object.entries(statusParts(status)).map(
      ([part, value]): Reading => ({ key: `${label.key}.${part}`, value }),
    )
    return [reading(label, group, group.data), ...parts]
  },
  profile(label, group) {
    const switchings = parseDayProfile(group.data)
    if (!switchings) return refuse(label, 'parse', `"${group.data}" is no day profile`)
    return [reading(label, group, describeDayProfile(switchings))]
  },
  time(label, group) {
    const date = group.horodate === undefined ? undefined : parseHorodate(group.horodate)
    if (!date) return refuse(label, 'parse', `"${group.horodate ?? ''}" is no date`)
    return [{ key: label.key, value: date.iso, raw: group.horodate ?? '', at: date.at }]
  },
}

function number(label: Label, group: Group): readonly Reading[] | Refusal {
  if (!/^\d+$/.test(group.data))
    return refuse(label, 'parse', `"${group.data}" holds other characters than digits`)
  const value = Number(group.data)
  if (label.highest !== undefined && value > label.highest) {
    return refuse(label, 'implausible', `${value} is above ${label.highest}`)
  }
  return [reading(label, group, value)]
}

function reading(label: Label, group: Group, value: Reading['value']): Reading {
  return {
    key: label.key,
    value,
    ...(label.unit ? { unit: label.unit } : {}),
    raw: group.data,
    ...stampOf(group),
    ...(label.isPersonal ? { isPersonal: true } : {}),
  }
}

/** The group's own time; a blank date (a mobile peak that is not set) is none. */
function stampOf(group: Group): { at: Horodate['at'] } | undefined {
  const date = group.horodate === undefined ? undefined : parseHorodate(group.horodate)
  return date ? { at: date.at } : undefined
}

function hasWidth(label: Label, data: string): boolean {
  return typeof label.width === 'number' ? data.length === label.width : label.width.includes(data.length)
}

function refuse(label: Label, kind: ErrorKind, reason: string): Refusal {
  return { label: label.key, kind, reason: `${label.key}: ${reason}` }
}

/** What came, for the message; what identifies the owner is not repeated in logs and pages. */
function seen(label: Label, data: string): string {
  return label.isPersonal ? 'the text that came' : `"${data}"`
}
