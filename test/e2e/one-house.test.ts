import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drivers } from '../../src/devices/index.ts'
import { cleanUp, temporaryFolder } from '../support/clean-up.ts'
import { get, simulate, startHearth } from '../support/hearth.ts'
import type { RunningProgram } from '../support/program.ts'
import { until } from '../support/until.ts'

afterAll(cleanUp)

/** A device of the house and its simulator, a program of its own that can be hurt. */
interface Inhabitant {
  readonly name: string
  readonly type: string
  /** What `--listen` of the simulator takes to come back at the same place. */
  readonly address: string
  simulator: RunningProgram
}

const STALE_AFTER_S = 6
const house: Inhabitant[] = []
let url = ''
let program: RunningProgram
let megabytesAtFirst = Number.NaN

beforeAll(async () => {
  const devices: Record<string, unknown> = {}
  for (const { type, demo, targetKey } of drivers) {
    const { place, program: simulator } = await simulate(type, demo.scenario, '--listen', '127.0.0.1:0')
    const { host } = new URL(place)
    const polled = type === 'linky' ? {} : { interval: type === 'kronoterm-cloud' ? '10s' : '2s' }
    devices[demo.name] = {
      type,
      ...demo.settings,
      ...polled,
      [targetKey]: place,
      stale_after: `${STALE_AFTER_S * (type === 'kronoterm-cloud' ? 2.5 : 1)}s`,
      drop_in: '127.0.0.1:0',
    }
    house.push({ name: demo.name, type, address: host, simulator })
  }
  const file = join(temporaryFolder(), 'hearth.yml')
  writeFileSync(
    file,
    JSON.stringify({ listen: '127.0.0.1:0', data_dir: temporaryFolder(), devices }, undefined, 2),
  )
  program = startHearth(['run', '--config', file])
  const [, found = ''] = await program.waitFor(
    /listening.*for=main.*?(http:\/\/[^\s/"]+)|listening.*?(http:\/\/[^\s/"]+).*for=main/,
  )
  url = found
  await until('every device', async () => ((await down()).length === 0 ? true : undefined), 40_000)
  megabytesAtFirst = ownMegabytes(program.pid)
})

/** Memory of the process itself, without the pages of the Node binary. */
function ownMegabytes(pid: number): number {
  const [, kilobytes] = /^RssAnon:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) / 1024
}

/** Devices that are not up, by name. */
async function down(): Promise<string[]> {
  const { text } = await get(`${url}/metrics`)
  return house.flatMap(({ name }) => (text.includes(`hearth_device_up{device="${name}"} 1`) ? [] : [name]))
}

/** How many values a device shows in the vendor-neutral dialect, hearth's own figures of it aside. */
async function values(name: string): Promise<number> {
  const { text } = await get(`${url}/devices/${name}/unified`)
  return text.split('\n').filter(line => /^hearth_(?!device_)/.test(line)).length
}

/** Scrapes for a while; gives the slowest answer and every other device that was ever seen down or without values. */
async function watchOthers(name: string, forMs: number): Promise<{ slowestMs: number; hurt: string[] }> {
  const hurt = new Set<string>()
  let slowestMs = 0
  const end = performance.now() + forMs
  while (performance.now() < end) {
    const from = performance.now()
    const lost = await down()
    slowestMs = Math.max(slowestMs, performance.now() - from)
    for (const each of lost) if (each !== name) hurt.add(each)
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  for (const other of house) if (other.name !== name && (await values(other.name)) === 0) hurt.add(other.name)
  return { slowestMs, hurt: [...hurt] }
}

const CASES = drivers.map(({ demo, type }) => ({ name: demo.name, type, scenario: demo.scenario }))

describe.each(CASES)('trouble with $name', ({ name, type, scenario }) => {
  const inhabitant = () => {
    const found = house.find(each => each.name === name)
    if (!found) throw new Error(`${name} lives not here`)
    return found
  }
  const isUpAgain = () =>
    until(`${name} again`, async () => ((await down()).includes(name) ? undefined : true), 60_000)

  it('hung: the others do not notice, it is up again by itself when it goes on', async () => {
    inhabitant().simulator.kill('SIGSTOP')
    const { slowestMs, hurt } = await watchOthers(name, 4_000)
    inhabitant().simulator.kill('SIGCONT')

    expect(hurt).toEqual([])
    expect(slowestMs).toBeLessThan(500)
    await isUpAgain()
  })

  it('slowed to a tenth: the others do not notice', async () => {
    const { simulator } = inhabitant()
    const turn = setInterval(() => {
      simulator.kill('SIGCONT')
      setTimeout(() => simulator.kill('SIGSTOP'), 100)
    }, 1_000)
    const { slowestMs, hurt } = await watchOthers(name, 3_000)
    clearInterval(turn)
    await new Promise(resolve => setTimeout(resolve, 150))
    simulator.kill('SIGCONT')

    expect(hurt).toEqual([])
    expect(slowestMs).toBeLessThan(500)
    await isUpAgain()
  })

  it('killed: its values go, the others stay, it is back without a restart', async () => {
    await inhabitant().simulator.stop()
    await until(`${name} to be down`, async () => ((await down()).includes(name) ? true : undefined), 40_000)
    const { slowestMs, hurt } = await watchOthers(name, 1_000)
    await until(
      `the values of ${name} to go`,
      async () => ((await values(name)) === 0 ? true : undefined),
      60_000,
    )
    const { program: revived } = await simulate(type, scenario, '--listen', inhabitant().address)
    inhabitant().simulator = revived

    expect(hurt).toEqual([])
    expect(slowestMs).toBeLessThan(500)
    await isUpAgain()
    expect(await values(name)).toBeGreaterThan(0)
  })
})

it('has run all the time in one process whose memory stayed, and which ends in order', async () => {
  expect(ownMegabytes(program.pid)).toBeLessThan(megabytesAtFirst + 30)
  expect(program.stderr()).not.toContain('unexpected')
  expect(await program.stop()).toBe(0)
})
