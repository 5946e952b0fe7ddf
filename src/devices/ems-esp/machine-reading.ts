import { HearthError } from '../../core/errors.ts'
import type { Asker } from './asker.ts'
import { type Reader, readEntities } from './entities.ts'
import type { Entity } from './entity.ts'
import type { JsonObject } from './json.ts'
import { machineText } from './machine-text.ts'
import { readMachineText } from './machine-text-reader.ts'
import { message } from './site.ts'

/** What one question for a machine brought. */
export interface MachineReading {
  readonly entities: readonly Entity[]
  /** The text, passed on or made; or the gateway's message in place of one. */
  readonly document: string
  /** Objects of the answer that were none. */
  readonly damaged: number
}

/** How a machine is asked for its text. */
export type Way = 'passed-on' | 'derived'

export interface MachineQuestion {
  readonly asker: Asker
  readonly reader: Reader
  /** One circuit of it; absent: the machine. */
  readonly circuit?: string
  readonly signal: AbortSignal
}

/**
 * Asks for a machine, or for one circuit of it. With `/metrics` the text is the gateway's own, checked line by line;
 * otherwise it is made of `/entities`. Both give the same entities, except that JSON has lost digits of some run times.
 */
export function askMachine(question: MachineQuestion, way: Way): Promise<MachineReading> {
  return way === 'passed-on' ? askText(question) : askEntities(question)
}

async function askText(question: MachineQuestion): Promise<MachineReading> {
  const { asker, signal } = question
  const path = `${pathOf(question)}/metrics`
  const got = await asker.get(path, signal)
  if (got.kind === 'none') return nothing(question, got.message)
  if (got.kind === 'json') return nothingIn(question, got.object)
  return { entities: readMachineText(got.text, asker.nameOf(path)), document: got.text, damaged: 0 }
}

async function askEntities(question: MachineQuestion): Promise<MachineReading> {
  const { asker, reader, circuit, signal } = question
  const path = `${pathOf(question)}/entities`
  const got = await asker.get(path, signal)
  if (got.kind === 'none') return nothing(question, '')
  if (got.kind === 'text') throw noJson(asker.nameOf(path))
  const { entities, damaged } = readEntities(got.object, reader, circuit)
  if (entities.length === 0 && damaged > 0) throw otherShape(asker.nameOf(path))
  const document = machineText(entities)
  return document === '' ? { ...nothing(question, ''), entities, damaged } : { entities, document, damaged }
}

function pathOf({ reader: { word }, circuit }: MachineQuestion): string {
  return circuit === undefined ? word : `${word}/${circuit}`
}

/** The gateway has read nothing of the machine yet, which it says as if it did not know the question. */
function nothing({ reader: { word } }: MachineQuestion, words: string): MachineReading {
  return { entities: [], document: message(words || `no 'metrics' in ${word}`), damaged: 0 }
}

function nothingIn(question: MachineQuestion, object: JsonObject): MachineReading {
  if (Object.keys(object).length === 0) return nothing(question, '')
  throw otherShape(question.asker.nameOf(`${pathOf(question)}/metrics`))
}

export function noJson(what: string): HearthError {
  return new HearthError('HEARTH_ANSWER_SHAPE', `${what}: the answer is text where JSON was asked for`, {
    kind: 'schema',
  })
}

function otherShape(what: string): HearthError {
  return new HearthError('HEARTH_ANSWER_SHAPE', `${what}: the answer is JSON of another shape`, {
    kind: 'schema',
  })
}
