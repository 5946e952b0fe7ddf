/*
 * Answers carry neither name nor check byte, so what an answer is must be told from what it holds: from windows that no
 * boiler leaves, and from its likeness to what the same boiler answered to the same command before.
 */
import type { AnswerName, Dialect } from './commands.ts'
import { counterBreak } from './counters.ts'
import { parseRevision } from './revision.ts'
import { byteAt, s16At, u16At } from './words.ts'

/** A number in an answer that may differ from asking to asking. */
export interface Moving {
  readonly at: number
  /** Bits are looked at one by one; of bytes nobody shows, any value goes. */
  readonly kind: 'word' | 'byte' | 'bits' | 'any'
  /** A step that a boiler takes in a second or so; larger ones need a neighbour on the other side. */
  readonly step?: number
}

/** What is known of one kind of answer. */
export interface Shape {
  /** Why no boiler gives these bytes; undefined when one might. */
  impossible(bytes: Uint8Array): string | undefined
  /** Whether two answers to the same command, asked within a second or two, can both be true. */
  agrees(first: Uint8Array, second: Uint8Array): boolean
  /** Why no board seen so far gives these bytes, though one might. */
  unusual?(bytes: Uint8Array): string | undefined
  /** The same of numbers: believed of a boiler that gives them from the start, not of one that gave others a moment ago. */
  odd?(bytes: Uint8Array): string | undefined
  /** Whether bytes that never move stand where they should: no answer that begins elsewhere has them so. */
  isInPlace?(bytes: Uint8Array): boolean
  /** Words and bytes that move, and by how much they may between two askings in a row. */
  readonly moving: readonly Moving[]
  /** Why `next` does not follow from the accepted answer before it, given the time between; undefined when it may. */
  breaks(before: Uint8Array, next: Uint8Array, elapsedMs: number): string | undefined
}

/** An absent sensor, beside anything at or below -50.00. */
const ABSENT_WORD = 32_767
const COLDEST = -60_00
const HOTTEST = 150_00
const LOWEST_PRESSURE = -1_00
const HIGHEST_PRESSURE = 10_00
const FASTEST_FAN_RPM = 10_000
/** A combi boiler of this family heats a third of this. */
const STRONGEST_FLOW = 40_00
const WARMEST_ROOM = 60_00
/** Here an absent sensor is 327.67; the -51.00 of other answers is a sign that they are other answers. */
const COLDEST_ROOM = -50_00
/** Mains of 33 to 67 Hz: 2000 / word; 0 where the board does not say. */
const MAINS_WORDS = [30, 60] as const
const HIGHEST_REFERENCE = 1023
/** Words of the two loads: 400 %. */
const MOST_INTERRUPT_LOAD = 2500
const MOST_MAIN_LOAD = 3200
/** Settings that are switches or small choices, and set points in whole degrees. */
const MOST_CHOICE = 9
const COLDEST_SET_POINT = 0
const HOTTEST_SET_POINT = 100
const PRESSURE_SENSOR_BIT = 0x20
const ANSWER_END = 32

const STATUS_TEMPERATURES: Readonly<Record<Dialect, readonly number[]>> = {
  plain: [0, 2, 4, 6, 8, 10, 14],
  xtreme: [0, 2, 6, 8, 10, 14, 16, 18],
}
/** 25, 30 and 31 hold 00, 00, FF on every board seen; others are held to what they said themselves. */
const STATUS_MARKS = [25, 30, 31]
const USUAL_MARKS = [0x00, 0x00, 0xff]
const FLAG_BYTES = [26, 28]
/** Status code, fault marker, fault code: any change of them is a step, never motion. */
const STATUS_CODES = [24, 27, 29]
/** With a fault, a status that begins two bytes late can look like another without pressure sensor. */
const FAULT_CODE_AT = 29
const NO_FAULT_CODE = 255
const MOST_FAN_DUTY_STEP = 50_0
const MOST_FLAME_CURRENT_STEP = 30_00
const SET_POINT_AT = 14
const ROOM_TEMPERATURES = [4, 6, 8, 10, 12, 14, 16]

function status(dialect: Dialect): Shape {
  const temperatures = STATUS_TEMPERATURES[dialect]
  const fans = dialect === 'plain' ? [16, 18] : []
  return {
    moving: [
      ...words(
        temperatures.filter(at => at !== SET_POINT_AT),
        50,
      ),
      ...words([SET_POINT_AT], 0),
      ...words([12], 5),
      ...words(fans, 200),
      ...words([20], 50),
      ...words([22], 100),
      ...FLAG_BYTES.map((at): Moving => ({ at, kind: 'bits' })),
    ],
    impossible(bytes) {
      for (const at of temperatures) {
        const word = s16At(bytes, at)
        if (!isTemperature(word)) return `${word / 100} °C at byte ${at}`
      }
      const pressure = s16At(bytes, 12)
      const hasSensor = (byteAt(bytes, 28) & PRESSURE_SENSOR_BIT) !== 0
      if (hasSensor && (pressure < LOWEST_PRESSURE || pressure > HIGHEST_PRESSURE)) {
        return `${pressure / 100} bar`
      }
      for (const at of fans) {
        const rpm = s16At(bytes, at)
        if (rpm < 0 || rpm > FASTEST_FAN_RPM) return `fan at ${rpm} rpm`
      }
      return undefined
    },
    unusual: bytes =>
      hasUsualMarks(bytes) ? undefined : 'bytes 25, 30 and 31 are not those of any board seen',
    isInPlace: bytes => hasUsualMarks(bytes) && bytes[FAULT_CODE_AT] === NO_FAULT_CODE,
    agrees: (a, b) =>
      areSame(a, b, STATUS_MARKS) &&
      areSame(a, b, STATUS_CODES) &&
      differingBits(a, b, FLAG_BYTES) <= 4 &&
      areWithin(
        a,
        b,
        temperatures.filter(at => at !== SET_POINT_AT),
        10_00,
      ) &&
      areWithin(a, b, [12], 50) &&
      areWithin(a, b, [20], MOST_FAN_DUTY_STEP) &&
      areWithin(a, b, [22], MOST_FLAME_CURRENT_STEP) &&
      areWithin(a, b, fans, 3_000),
    breaks: (a, b) =>
      areSame(a, b, STATUS_MARKS) ? undefined : 'bytes 25, 30 and 31 are not those of this boiler',
  }
}

const room: Shape = {
  moving: [
    ...words([0, ...ROOM_TEMPERATURES], 50),
    { at: 2, kind: 'byte', step: 10 },
    ...unshown(20, ANSWER_END),
  ],
  impossible: () => undefined,
  odd(bytes) {
    const flow = s16At(bytes, 0)
    if (flow < 0 || flow > STRONGEST_FLOW) return `hot water flow of ${flow / 100} l/min`
    const odd = ROOM_TEMPERATURES.find(at => !isRoomTemperature(s16At(bytes, at)))
    return odd === undefined ? undefined : `room at ${s16At(bytes, odd) / 100} °C`
  },
  // A set point may change between two askings; bytes whose meaning nobody knows may live.
  agrees: (a, b) =>
    areWithin(a, b, [0], 15_00) &&
    ROOM_TEMPERATURES.filter(at => !areWithin(a, b, [at], 10_00)).length <= 1 &&
    differingBytes(a, b, 18, ANSWER_END) <= 6,
  breaks: () => undefined,
}

const controller: Shape = {
  moving: [...words([0, 2, 4], 100), ...words([6, 8], 2), ...unshown(10, 24)],
  impossible: () => undefined,
  odd(bytes) {
    const mains = u16At(bytes, 6)
    if (mains !== 0 && (mains < MAINS_WORDS[0] || mains > MAINS_WORDS[1]))
      return `mains at ${2000 / mains} Hz`
    if (u16At(bytes, 8) > HIGHEST_REFERENCE) return 'a reference voltage above 5 V'
    const isOverloaded = u16At(bytes, 2) > MOST_INTERRUPT_LOAD || u16At(bytes, 4) > MOST_MAIN_LOAD
    return isOverloaded ? 'a load above 400 %' : undefined
  },
  agrees: (a, b) =>
    isSame(a, b, 24, ANSWER_END) &&
    differingBytes(a, b, 10, 24) <= 7 &&
    [0, 6, 8].every(at => Math.abs(u16At(a, at) - u16At(b, at)) <= 2 + u16At(a, at) / 10),
  breaks: (a, b) => (isSame(a, b, 24, ANSWER_END) ? undefined : 'its checksums are not those of this boiler'),
}

/** Seconds between two askings of one command, at most. */
const BETWEEN_ASKINGS_MS = 10_000

const counters: Shape = {
  // Of three that each follow from the one before, the middle one is between the others in every counter.
  moving: unshown(0, ANSWER_END),
  impossible: () => undefined,
  odd(bytes) {
    const onMains = u16At(bytes, 0) + 65_536 * byteAt(bytes, 30)
    const longest = Math.max(u16At(bytes, 4), u16At(bytes, 6))
    return onMains < longest ? `${longest} hours of burning in ${onMains} hours on mains` : undefined
  },
  agrees: (a, b) => counterBreak(a, b, BETWEEN_ASKINGS_MS) === undefined,
  breaks: counterBreak,
}

/** Settings and texts do not move: answers that differ contradict each other. */
function constant(length: number, impossible: Shape['impossible'] = () => undefined): Shape {
  return {
    impossible,
    moving: [],
    agrees: (a, b) => isSame(a, b, 0, length),
    breaks: () => undefined,
  }
}

const drives: Shape = {
  moving: words(
    Array.from({ length: ANSWER_END / 2 }, (_, i) => 2 * i),
    300,
  ),
  impossible: () => undefined,
  agrees: (a, b) => differingBytes(a, b, 0, ANSWER_END) <= 16,
  breaks: () => undefined,
}

const PLAIN_STATUS = status('plain')
const XTREME_STATUS = status('xtreme')
const settings: Shape = {
  ...constant(ANSWER_END - 1),
  odd(bytes) {
    const [heater = 0, comfort = 0, heatingMax = 0, hotWater = 0] = bytes
    if (heater > MOST_CHOICE || comfort > MOST_CHOICE) return `a switch at ${Math.max(heater, comfort)}`
    const isSetPoint = (degrees: number) => degrees >= COLDEST_SET_POINT && degrees <= HOTTEST_SET_POINT
    return isSetPoint(heatingMax) && isSetPoint(hotWater) ? undefined : 'a set point outside 0 to 100 °C'
  },
}
const block = constant(ANSWER_END)
const revision = constant(ANSWER_END, bytes => (parseRevision(bytes) ? undefined : 'no text of a release'))

/** What is known of the answer to a command. */
export function shapeOf(name: AnswerName, dialect: Dialect): Shape {
  switch (name) {
    case 'S?':
      return dialect === 'plain' ? PLAIN_STATUS : XTREME_STATUS
    case 'S2':
      return room
    case 'CRC':
      return controller
    case 'HN':
      return counters
    case 'V?':
      return settings
    case 'REV':
      return revision
    case 'D2':
      return drives
    case 'EN':
    case 'V0':
    case 'V1':
    case 'V2':
    case 'V3':
      return block
    default:
      return name satisfies never
  }
}

/**
 * Whether each number of an answer is what others told in the same seconds: the same, a small step away, or between two of them.
 * A wrong bit in a number that moves is found by this unless it is itself a small step.
 */
export function isBorneOut(bytes: Uint8Array, others: readonly Uint8Array[], { moving }: Shape): boolean {
  const covered = new Set(moving.flatMap(({ at, kind }) => (kind === 'word' ? [at, at + 1] : [at])))
  for (let at = 0; at < ANSWER_END; at++) {
    if (!covered.has(at) && !others.some(other => other[at] === bytes[at])) return false
  }
  return moving.every(({ at, kind, step = 0 }) => {
    if (kind === 'any') return true
    if (kind === 'bits') {
      const unlike = others.reduce((bits, other) => bits & (byteAt(bytes, at) ^ byteAt(other, at)), 0xff)
      return unlike === 0
    }
    const read = kind === 'word' ? s16At : byteAt
    const value = read(bytes, at)
    const told = others.map(other => read(other, at))
    if (told.some(other => Math.abs(other - value) <= step)) return true
    return told.some(other => other < value) && told.some(other => other > value)
  })
}

/** How many of the 32 bytes are the same: an answer to another command shares few with this one's. */
export function sharedBytes(a: Uint8Array, b: Uint8Array): number {
  return ANSWER_END - differingBytes(a, b, 0, ANSWER_END)
}

function words(offsets: readonly number[], step: number): readonly Moving[] {
  return offsets.map(at => ({ at, kind: 'word', step }))
}

/** Bytes whose meaning nobody knows. */
function unshown(from: number, to: number): readonly Moving[] {
  return Array.from({ length: to - from }, (_, i) => ({ at: from + i, kind: 'any' }))
}

function hasUsualMarks(bytes: Uint8Array): boolean {
  return STATUS_MARKS.every((at, i) => bytes[at] === USUAL_MARKS[i])
}

function isTemperature(word: number): boolean {
  return word === ABSENT_WORD || (word >= COLDEST && word <= HOTTEST)
}

function isRoomTemperature(word: number): boolean {
  return word === ABSENT_WORD || (word > COLDEST_ROOM && word <= WARMEST_ROOM)
}

function areWithin(a: Uint8Array, b: Uint8Array, offsets: readonly number[], most: number): boolean {
  return offsets.every(at => Math.abs(s16At(a, at) - s16At(b, at)) <= most)
}

function areSame(a: Uint8Array, b: Uint8Array, offsets: readonly number[]): boolean {
  return offsets.every(at => a[at] === b[at])
}

function isSame(a: Uint8Array, b: Uint8Array, from: number, to: number): boolean {
  return differingBytes(a, b, from, to) === 0
}

function differingBytes(a: Uint8Array, b: Uint8Array, from: number, to: number): number {
  let count = 0
  for (let at = from; at < to; at++) if (a[at] !== b[at]) count++
  return count
}

function differingBits(a: Uint8Array, b: Uint8Array, offsets: readonly number[]): number {
  let count = 0
  for (const at of offsets) {
    for (let rest = byteAt(a, at) ^ byteAt(b, at); rest > 0; rest >>= 1) count += rest & 1
  }
  return count
}
