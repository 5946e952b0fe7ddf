import type { Report } from '../../core/driver.ts'
import type { Asker, Got } from './asker.ts'
import { keysInOrder } from './json.ts'
import type { GatewayFacts } from './machine-poll.ts'
import { noJson } from './machine-reading.ts'
import { type OwnValue, ownText, readOwn, readOwnValues } from './own-text.ts'
import { ownReadings } from './readings.ts'
import { message } from './site.ts'
import type { OwnWord } from './words.ts'

export interface OwnQuestion {
  readonly asker: Asker
  readonly word: OwnWord
  readonly facts: GatewayFacts
  readonly signal: AbortSignal
}

/** Asks for one of the gateway's own devices; its values and its text are the gateway's. */
export async function askOwn(question: OwnQuestion, report: Report): Promise<void> {
  const { asker, word, facts } = question
  const { values, damaged } = await (facts.abilities.hasEntities
    ? askEntities(question)
    : askValues(question))
  const document = ownText(values, word) || message(`no 'metrics' in ${word}`)
  report.update({ group: word, readings: ownReadings(word, values), isWhole: true, document })
  if (damaged > 0)
    report.trouble(
      'schema',
      `${asker.nameOf(`${word}/entities`)}: entities of another shape, left out`,
      damaged,
    )
}

interface OwnRead {
  readonly values: readonly OwnValue[]
  readonly damaged: number
}

const NOTHING: OwnRead = { values: [], damaged: 0 }

async function askEntities({ asker, word, signal }: OwnQuestion): Promise<OwnRead> {
  const got = jsonIn(await asker.get(`${word}/entities`, signal), asker.nameOf(`${word}/entities`))
  return got ? readOwn(got.object, word, keysInOrder(got.text)) : NOTHING
}

/** Firmware up to 3.6 does not describe them; that up to 3.5 has an older word for its sensors. */
async function askValues({ asker, word, facts, signal }: OwnQuestion): Promise<OwnRead> {
  const names = word === 'temperaturesensor' ? [word, 'dallassensor'] : [word]
  for (const name of names) {
    const got = jsonIn(await asker.get(`${name}/values`, signal), asker.nameOf(`${name}/values`))
    const degrees = facts.isFahrenheit ? '°F' : '°C'
    if (got) return { values: readOwnValues(got.object, word, degrees, keysInOrder(got.text)), damaged: 0 }
  }
  return NOTHING
}

/** Undefined where the gateway has none. */
function jsonIn(got: Got, what: string): Extract<Got, { kind: 'json' }> | undefined {
  if (got.kind === 'text') throw noJson(what)
  return got.kind === 'json' ? got : undefined
}
