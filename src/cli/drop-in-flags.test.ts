import { describe, expect, it } from 'vitest'
import { fakeClock } from '../testing/fake-clock.ts'
import { program } from './program.ts'
import type { World } from './world.ts'

async function run(args: readonly string[], calledAs = 'hearth') {
  const out: string[] = []
  const err: string[] = []
  const world: World = {
    env: {},
    clock: fakeClock(),
    random: () => 0,
    write: text => void out.push(text),
    complain: text => void err.push(text),
    onSignal: () => () => {},
    folder: '/',
    version: '1',
    revision: 'r',
  }
  const code = await program(args, calledAs, world)
  return { code, out: out.join(''), err: err.join('') }
}

describe('a drop-in whose original has its own help', () => {
  it.each([
    [['isg_exporter', '--help'], 'hearth'],
    [['isg_exporter', '-h'], 'hearth'],
    [['--help'], '/usr/local/bin/isg_exporter'],
    [['-h'], 'isg_exporter'],
  ])('prints it for %j called as %s', async (args, calledAs) => {
    const { code, out } = await run(args, calledAs)

    expect(code).toBe(0)
    expect(out.startsWith('Usage:\n  isg_exporter [OPTIONS]\n\nApplication Options:\n')).toBe(true)
  })

  it('ends with its code on wrong usage', async () => {
    const { code, err } = await run(['isg_exporter', '--bogus'])

    expect(code).toBe(1)
    expect(err).toContain("unknown option '--bogus'")
  })
})

describe('any other drop-in', () => {
  it('has a help made of its options, and 2 for wrong usage', async () => {
    expect((await run(['linky-exporter', '--help'])).out).toContain('--frame-timeout <seconds>')
    expect((await run(['linky-exporter', '--bogus'])).code).toBe(2)
  })
})
