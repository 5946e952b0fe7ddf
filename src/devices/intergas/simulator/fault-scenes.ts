import type { CommandName } from './commands.ts'
import type { Disturbance } from './disturbance.ts'
import { makeDemoBoiler } from './living-scenes.ts'
import type { Scene } from './scene.ts'

/** The boiler of `demo` on bad lines. No `every` has a factor in common with a poll's five commands: each is met in turn. */
export const FAULT_SCENES: readonly Scene[] = [
  faulty('silent', 'No answers at all.', [{ kind: 'silent' }]),
  ...(['S?', 'S2', 'CRC', 'HN', 'V?', 'EN', 'REV'] as const).map(silentOn),
  faulty('half-answers', 'Every third answer breaks off.', [{ kind: 'half', every: 3 }]),
  faulty('garbage', 'Random bytes in place of every third answer.', [{ kind: 'garbage', every: 3 }]),
  faulty('noise', '32 random bytes in place of every answer.', [{ kind: 'noise' }]),
  faulty('some-noise', '32 random bytes in place of every fourth answer.', [{ kind: 'noise', every: 4 }]),
  faulty('flipped-bits', 'Two bits turned over in every fourth answer.', [
    { kind: 'flip', bits: 2, every: 4 },
  ]),
  faulty(
    'pieces',
    'Every answer in pieces of eight bytes, 300 ms apart.',
    [{ kind: 'pieces', bytes: 8, pauseMs: 300 }],
    'good',
  ),
  faulty('late', 'Every sixth answer 1.2 seconds late, into that of the next command.', [
    { kind: 'late', delayMs: 1200, every: 6 },
  ]),
  faulty('late-by-one', 'Every answer comes 40 ms after the next command.', [
    { kind: 'late-by-one', delayMs: 40 },
  ]),
  faulty('stray-before', 'A stray byte before every third answer.', [
    { kind: 'stray', where: 'before', every: 3 },
  ]),
  faulty('stray-after', 'A stray byte after every third answer.', [
    { kind: 'stray', where: 'after', every: 3 },
  ]),
  faulty('echo', 'The wiring hands every command back.', [{ kind: 'echo' }]),
  faulty('hang-up', 'The cable is pulled in the middle of every twelfth answer.', [
    { kind: 'hang-up', every: 12 },
  ]),
  faulty('storm', 'A line with nearly everything wrong now and then.', [
    { kind: 'silent', every: 11 },
    { kind: 'half', every: 13 },
    { kind: 'garbage', every: 17 },
    { kind: 'noise', every: 19 },
    { kind: 'flip', bits: 1, every: 9 },
    { kind: 'stray', where: 'before', every: 14 },
    { kind: 'stray', where: 'after', every: 16 },
    { kind: 'late', delayMs: 1100, every: 21 },
    { kind: 'pieces', bytes: 5, pauseMs: 120, every: 7 },
    { kind: 'hang-up', every: 47 },
  ]),
]

function silentOn(command: CommandName): Scene {
  const suffix = command.replace('?', '').toLowerCase()
  return faulty(`silent-${suffix}`, `No answer to ${command}, the others answer.`, [
    { kind: 'silent', only: [command] },
  ])
}

function faulty(
  name: string,
  summary: string,
  disturbances: readonly Disturbance[],
  verdict: Scene['verdict'] = 'bad',
): Scene {
  return { name, summary, dialect: 'plain', verdict, disturbances, make: makeDemoBoiler }
}
