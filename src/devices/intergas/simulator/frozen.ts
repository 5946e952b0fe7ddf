import { answerOf, hexBytes } from './bytes.ts'
import { type CommandName, commandsIn } from './commands.ts'
import { bytesAnswer, faultsAnswer, PRODUCTION, releaseAnswer, SETTINGS_1 } from './identity.ts'
import type { Boiler } from './scene.ts'

/** Answers as rows of hexadecimal digits. */
export type HexAnswers = Partial<Readonly<Record<CommandName, string>>>

/** Answers as bytes. */
export type Answers = Partial<Readonly<Record<CommandName, Uint8Array>>>

/** What a boiler at a standstill says where a table says nothing else. */
const REST: Answers = {
  V1: bytesAnswer(SETTINGS_1),
  EN: faultsAnswer(
    new Map([
      [4, 3],
      [5, 1],
    ]),
  ),
  REV: releaseAnswer('ic3mk1   *P190517*', 'V2.53'),
  'B?': PRODUCTION,
  B2: answerOf([]),
}

/** A boiler that always says the same. */
export function frozenBoiler(answers: Answers): Boiler {
  const all: Answers = { ...REST, ...answers }
  return { answer: name => all[name] }
}

/** The answers of a table of hexadecimal digits. */
export function answersOf(table: HexAnswers): Answers {
  const answers: Partial<Record<CommandName, Uint8Array>> = {}
  for (const { name } of commandsIn('plain')) {
    const row = table[name]
    if (row !== undefined) answers[name] = hexBytes(row)
  }
  return answers
}
