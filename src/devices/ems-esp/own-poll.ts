import type { Report } from '../../core/driver.ts'
import type { Asker } from './asker.ts'
import { noJson } from './machine-reading.ts'
import { ownText, readOwn } from './own-text.ts'
import { ownReadings } from './readings.ts'
import { message } from './site.ts'
import type { OwnWord } from './words.ts'

/** Asks for one of the gateway's own devices; its values and its text are the gateway's. */
export async function askOwn(
  asker: Asker,
  word: OwnWord,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  const got = await asker.get(`${word}/entities`, signal)
  if (got.kind === 'text') throw noJson(asker.nameOf(`${word}/entities`))
  const { values, damaged } = got.kind === 'json' ? readOwn(got.object, word) : { values: [], damaged: 0 }
  const document = ownText(values, word) || message(`no 'metrics' in ${word}`)
  report.update({ group: word, readings: ownReadings(word, values), isWhole: true, document })
  if (damaged > 0)
    report.trouble(
      'schema',
      `${asker.nameOf(`${word}/entities`)}: entities of another shape, left out`,
      damaged,
    )
}
