import type { AnswerName, Dialect } from './commands.ts'
import { bitAt, byteAt, hexAt, s16At, u16At } from './words.ts'

/** One value of an answer: what it is called, where it stands, what it means. */
export interface Field {
  readonly key: string
  readonly answer: AnswerName
  /** Absent: in both dialects. */
  readonly dialect?: Dialect
  readonly help: string
  readonly unit?: string
  /** The unified family it becomes; absent: kept under its own name only. */
  readonly family?: string
  /** undefined: the value is not there. */
  decode(bytes: Uint8Array): number | boolean | string | undefined
}

type Meaning = Omit<Field, 'answer' | 'decode' | 'key'>

/** Makers of rows of one answer. */
export function fieldsOf(answer: AnswerName, dialect?: Dialect) {
  const scope = dialect ? { answer, dialect } : { answer }
  return {
    /** Signed word in hundredths. The original divides by 100 too, so both print the same double. */
    hundredths: (offset: number, key: string, unit: string, help: string, family?: string): Field => ({
      ...scope,
      key,
      unit,
      help,
      ...(family ? { family } : {}),
      decode: bytes => s16At(bytes, offset) / 100,
    }),
    flag: (offset: number, bit: number, key: string, help: string, family?: string): Field => ({
      ...scope,
      key,
      help,
      ...(family ? { family } : {}),
      decode: bytes => bitAt(bytes, offset, bit),
    }),
    word: (offset: number, key: string, meaning: Meaning): Field => ({
      ...scope,
      key,
      ...meaning,
      decode: bytes => u16At(bytes, offset),
    }),
    byte: (offset: number, key: string, meaning: Meaning): Field => ({
      ...scope,
      key,
      ...meaning,
      decode: bytes => byteAt(bytes, offset),
    }),
    hex: (offset: number, key: string, help: string): Field => ({
      ...scope,
      key,
      help,
      decode: bytes => hexAt(bytes, offset),
    }),
    any: (key: string, meaning: Meaning, decode: Field['decode']): Field => ({
      ...scope,
      key,
      ...meaning,
      decode,
    }),
  }
}
