import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fakeDrivers } from './fake-driver.test-helper.ts'
import { loadConfig } from './load.ts'
import { formatProblem } from './problem.ts'

const folder = new URL('fixtures/', import.meta.url)
const samples = readdirSync(folder)
  .filter(file => file.endsWith('.yml'))
  .map(file => readFileSync(new URL(file, folder), 'utf8'))
  .filter(text => text.length > 0)

function load(text: string, env: Record<string, string> = { SET: 'x' }, secretFile = 'x') {
  return loadConfig({ text, path: 'hearth.yml', drivers: fakeDrivers, env, readFile: () => secretFile })
}

/** A good or bad configuration after a few cuts, insertions and swaps of its pieces. */
const mutated = fc
  .tuple(
    fc.constantFrom(...samples),
    fc.array(
      fc.record({
        at: fc.nat(),
        cut: fc.nat(12),
        insert: fc.oneof(
          fc.constantFrom(
            '\n',
            '\t',
            ': ',
            '- ',
            '{',
            '}',
            '[',
            ']',
            '"',
            "'",
            '#',
            '&a ',
            '*a',
            '!',
            '|',
            '>',
            ',',
            'null',
            '~',
          ),
          fc.string({ maxLength: 6, unit: 'binary' }),
        ),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  )
  .map(([text, edits]) =>
    edits.reduce((result, { at, cut, insert }) => {
      const place = at % (result.length + 1)
      return result.slice(0, place) + insert + result.slice(place + cut)
    }, text),
  )

const anyText = fc.oneof(fc.string({ maxLength: 300 }), fc.string({ maxLength: 80, unit: 'binary' }), mutated)

describe('any text', () => {
  it('is a configuration or has problems that stand inside the file, one line each', () => {
    fc.assert(
      fc.property(anyText, text => {
        const result = load(text)
        if (result.isValid) {
          expect(result.config.devices.length).toBeGreaterThan(0)
          return
        }
        expect(result.problems.length).toBeGreaterThan(0)
        const lines = text.split('\n')
        let last = { line: 1, column: 1 }
        for (const problem of result.problems) {
          const { line, column, message } = problem
          expect(line).toBeGreaterThanOrEqual(1)
          expect(line).toBeLessThanOrEqual(lines.length)
          expect(column).toBeGreaterThanOrEqual(1)
          expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? 0) + 1)
          expect(message).not.toMatch(/^\s*$|undefined|\[object|Invalid input|[\r\n]/)
          expect(line > last.line || (line === last.line && column >= last.column)).toBe(true)
          last = { line, column }
        }
      }),
      { numRuns: 2000 },
    )
  })
})

describe('a secret', () => {
  const middle = fc.string({ maxLength: 6, unit: fc.constantFrom(...'aZ09 ,:#{}[]&*!|>%@`"\'\\-?=+~/.') })
  // Both ends are unmistakable, so that showing any larger piece is noticed.
  const secret = middle.map(text => `Kx7q${text}Wv3z`)
  const entry = '{ type: kronoterm-cloud, user: me, password: '
  const spellings: readonly ((text: string) => string)[] = [
    text => `devices:\n  a:\n    type: kronoterm-cloud\n    password: ${text}\n    colour: red\n`,
    text => `devices:\n  a:\n    type: kronoterm-cloud\n    password:${text}\n    user: me\n`,
    text => `devices:\n  a: ${entry}${JSON.stringify(text)}, colour: red }\n`,
    text => `devices:\n  a: ${entry}${text} }\n`,
    text => `devices:\n  a: ${entry}[${JSON.stringify(text)}] }\n`,
    text => `devices:\n  a: ${entry}{ ${JSON.stringify(text)}: 1 } }\n`,
    text => `devices:\n  a: ${entry}{ file: x, ${JSON.stringify(text)}: 1 } }\n`,
    text => `devices:\n  a: ${entry}{ env: SET, file: ${JSON.stringify(text)} } }\n`,
    text => `devices:\n  a: ${entry}${JSON.stringify(text)} }\n  a: ${entry}${JSON.stringify(text)} }\n`,
    text =>
      `devices:\n  a: ${entry}${JSON.stringify(text)} }\n  b: { type: linkey, password: ${JSON.stringify(text)} }\n`,
    text => `devices:\n  a: ${entry}${JSON.stringify(text)}, "password:${text.replace(/["\\]/g, '')}": 1 }\n`,
    text => `devices:\n  a: ${JSON.stringify(text)}\n`,
  ]

  it('is in no problem, however it is written', () => {
    fc.assert(
      fc.property(secret, fc.constantFrom(...spellings), (text, spell) => {
        const result = load(spell(text))
        const said = result.isValid ? '' : result.problems.map(formatProblem).join('\n')

        expect(said).not.toContain('Kx7q')
        expect(said).not.toContain('Wv3z')
      }),
      { numRuns: 2000 },
    )
  })

  it('from a file or the environment is in no problem and no configuration', () => {
    const text = `colour: red\ndevices:\n  a: ${entry}{ file: x } }\n  b: ${entry}{ env: SET } }\n`

    const problems = load(text, { SET: 'Kx7q' }, 'Kx7q')
    const config = load(
      text.replace('colour: red\n', '').replace('user: me, password: { env', 'user: you, password: { env'),
      { SET: 'Kx7q' },
      'Kx7q',
    )

    expect(problems.isValid).toBe(false)
    expect(config.isValid).toBe(true)
    expect(JSON.stringify([problems, config])).not.toContain('Kx7q')
  })
})
