import { type ErrorKind, HearthError, messageOf } from '../../core/errors.ts'
import type { Reading } from '../../core/reading.ts'
import type { Asker } from './asker.ts'
import { readLines } from './exposition-lines.ts'
import type { GatewayFacts } from './machine-poll.ts'
import { isInFahrenheit, systemReadings } from './readings.ts'
import { factAt, type ListedDevice, readSystem, type SystemDocument } from './system-document.ts'
import { systemText } from './system-text.ts'
import { abilitiesOf } from './version.ts'
import { canBeAsked } from './words.ts'

/** What the gateway says of itself. */
export interface SystemReading {
  readonly document: SystemDocument
  readonly readings: readonly Reading[]
  /** Passed on, or made of the document. */
  readonly text: string
  /** What was wrong with the text and cost only that. */
  readonly troubles: readonly { readonly kind: ErrorKind; readonly message: string }[]
}

/** Asks for the gateway's document and, where the firmware has it, its text. A text that is damaged is made of the document. */
export async function askSystem(asker: Asker, signal: AbortSignal): Promise<SystemReading> {
  const got = await asker.get('system', signal)
  if (got.kind !== 'json') {
    throw new HearthError(
      'HEARTH_ANSWER_SHAPE',
      `${asker.nameOf('system')}: the answer is not that of an EMS-ESP gateway`,
      {
        kind: 'schema',
        hint: 'Check the address; firmware 3.4 is the oldest that can be read',
      },
    )
  }
  const document = readSystem(got.object, asker.nameOf('system'))
  const made = { document, readings: systemReadings(document), text: systemText(document), troubles: [] }
  if (!factsOf(document).abilities.hasMetrics) return made
  try {
    const text = await asker.get('system/metrics', signal)
    if (text.kind !== 'text') return made
    readLines(text.text, asker.nameOf('system/metrics'))
    return { ...made, text: text.text }
  } catch (error) {
    if (!(error instanceof HearthError) || signal.aborted) throw error
    return { ...made, troubles: [{ kind: error.kind, message: messageOf(error) }] }
  }
}

/** What machines are read with. */
export function factsOf(document: SystemDocument): GatewayFacts {
  const version = factAt(document, 'system', 'version')
  const locale = factAt(document, 'settings', 'locale')
  return {
    abilities: abilitiesOf(typeof version === 'string' ? version : undefined),
    locale: typeof locale === 'string' ? locale : 'en',
    isFahrenheit: isInFahrenheit(document),
    identity: identityOf(document),
  }
}

/** What the descriptions of an old firmware depend on. */
export function identityOf(document: SystemDocument): string {
  const devices = document.devices.map(
    ({ type, facts }) => `${type}:${facts.get('productID') ?? ''}:${facts.get('version') ?? ''}`,
  )
  const facts = [factAt(document, 'system', 'version'), factAt(document, 'settings', 'locale')]
  return [...facts, factAt(document, 'settings', 'fahrenheit'), ...devices].join('|')
}

/** One word to ask, in the order of the list. */
export interface Planned {
  readonly word: string
  readonly devices: readonly ListedDevice[]
  /** The gateway has no value of it yet. */
  readonly isEmpty: boolean
}

/** More than the API has words; what a damaged list holds beyond is not asked for. */
const MOST_WORDS = 40

/** What to ask: each type of the list once. */
export function planOf({ devices }: SystemDocument): readonly Planned[] {
  const words = [...new Set(devices.map(({ type }) => type))].filter(canBeAsked).slice(0, MOST_WORDS)
  return words.map(word => {
    const ofWord = devices.filter(({ type }) => type === word)
    return { word, devices: ofWord, isEmpty: ofWord.every(({ facts }) => facts.get('entities') === 0) }
  })
}
