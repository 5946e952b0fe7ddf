import { xorOf } from './bytes.ts'

/** How a boiler is spoken to: as it is, or as an Xtreme with a check byte behind commands and answers. */
export type Dialect = 'plain' | 'xor'

interface CommandFacts {
  /** What goes over the line in the plain dialect. */
  readonly text: string
  /** Longest time from the command to the last byte of the answer. */
  readonly mostMs: number
  readonly spokenIn: readonly Dialect[]
  /** Known to work on an Xtreme without a check byte. */
  readonly isAlwaysBare?: true
}

const PLAIN: readonly Dialect[] = ['plain']
const XOR: readonly Dialect[] = ['xor']
const BOTH: readonly Dialect[] = ['plain', 'xor']

const FACTS = {
  'S?': { text: 'S?\r', mostMs: 150, spokenIn: BOTH },
  S2: { text: 'S2\r', mostMs: 140, spokenIn: BOTH },
  CRC: { text: 'CRC', mostMs: 100, spokenIn: BOTH },
  HN: { text: 'HN\r', mostMs: 130, spokenIn: PLAIN },
  H0: { text: 'H0\r', mostMs: 130, spokenIn: XOR },
  'V?': { text: 'V?\r', mostMs: 135, spokenIn: BOTH },
  V0: { text: 'V0\r', mostMs: 135, spokenIn: XOR },
  V1: { text: 'V1\r', mostMs: 135, spokenIn: BOTH },
  V2: { text: 'V2\r', mostMs: 135, spokenIn: XOR },
  V3: { text: 'V3\r', mostMs: 135, spokenIn: XOR },
  D2: { text: 'D2\r', mostMs: 140, spokenIn: XOR },
  EN: { text: 'EN\r', mostMs: 150, spokenIn: BOTH },
  REV: { text: 'REV', mostMs: 135, spokenIn: BOTH, isAlwaysBare: true },
  REW: { text: 'REW', mostMs: 135, spokenIn: XOR },
  'B?': { text: 'B?\r', mostMs: 140, spokenIn: BOTH },
  B2: { text: 'B2\r', mostMs: 140, spokenIn: BOTH },
} as const satisfies Readonly<Record<string, CommandFacts>>

/** A command as people write it. */
export type CommandName = keyof typeof FACTS

/** One command of a dialect. */
export interface Command {
  readonly name: CommandName
  readonly bytes: Uint8Array
  readonly mostMs: number
}

const TABLES: Readonly<Record<Dialect, readonly Command[]>> = {
  plain: commandsOf('plain'),
  xor: commandsOf('xor'),
}

/** All commands that a boiler of this dialect answers. */
export function commandsIn(dialect: Dialect): readonly Command[] {
  return TABLES[dialect]
}

function commandsOf(dialect: Dialect): Command[] {
  const names = Object.keys(FACTS).filter((name): name is CommandName => name in FACTS)
  return names.flatMap(name => {
    const facts: CommandFacts = FACTS[name]
    if (!facts.spokenIn.includes(dialect)) return []
    const bare = Buffer.from(facts.text, 'latin1')
    const isBare = dialect === 'plain' || facts.isAlwaysBare
    const bytes = Uint8Array.from(isBare ? bare : [...bare, xorOf(bare)])
    return [{ name, bytes, mostMs: facts.mostMs }]
  })
}
