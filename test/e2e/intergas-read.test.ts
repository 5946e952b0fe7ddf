import { afterAll, describe, expect, it } from 'vitest'
import type { Disturbance } from '../../src/devices/intergas/simulator/index.ts'
import { startBoiler } from '../support/boiler.ts'
import { cleanUp } from '../support/clean-up.ts'
import { HEARTH } from '../support/hearth.ts'
import { startProgram } from '../support/program.ts'

afterAll(cleanUp)

/** Within the test itself the boiler must go on answering, so the program is not waited for in one go. */
async function read(disturbances: readonly Disturbance[], ...args: string[]) {
  const boiler = await startBoiler('document')
  for (const disturbance of disturbances) boiler.disturb(disturbance)
  const program = startProgram(HEARTH, ['read', 'intergas', boiler.place, ...args])
  const exitCode = await program.ended
  return { exitCode, stdout: program.stdout(), stderr: program.stderr() }
}

describe('hearth read intergas', () => {
  it('prints all answers, the seldom ones too', async () => {
    const { exitCode, stdout, stderr } = await read([])
    expect([exitCode, stderr]).toEqual([0, ''])
    for (const key of [
      't_flow',
      'tapflow',
      'main_load',
      'line_power',
      'param_r',
      'fault_4_count',
      'software',
    ]) {
      expect(stdout).toMatch(new RegExp(`^${key} `, 'm'))
    }
  })

  it.each(['S?', 'S2', 'CRC', 'HN'] as const)(
    'without an answer to %s: prints the others, says so in one line, exit 1',
    async name => {
      const { exitCode, stdout, stderr } = await read([{ kind: 'silent', only: [name] }])
      expect(exitCode).toBe(1)
      expect(stdout).toMatch(/^param_r /m)
      expect(stderr).toMatch(
        new RegExp(`^hearth read: .*no answer to ${name.replace('?', '\\?')} within 1 s\n$`),
      )
    },
  )

  it('without an answer to V?: prints the others, says so in one line, exit 0', async () => {
    const { exitCode, stdout, stderr } = await read([{ kind: 'silent', only: ['V?'] }])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^t_flow /m)
    expect(stderr).toMatch(/^hearth read: .*no answer to V\? within 1 s\n$/)
  })

  it('of a silent boiler: prints nothing, says what was tried, exit 1', async () => {
    const { exitCode, stdout, stderr } = await read([{ kind: 'silent' }])
    expect([exitCode, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(
      /^hearth read: .*no answer from the boiler \(asked in plain form and with XOR byte\).*\n$/,
    )
  })
})
