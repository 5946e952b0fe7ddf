import { describe, expect, it } from 'vitest'
import { hexText } from './bytes.ts'
import type { CommandName } from './commands.ts'
import { sceneOf } from './scenes.ts'

const MORNING = Date.UTC(2026, 10, 21, 10, 0, 0)
const PERIOD_SECONDS = 7

interface Sample {
  readonly second: number
  readonly status: Buffer
  readonly status2: Buffer
  readonly counters: Buffer
}

function live(scenario: string, seconds: number, { seed = 1, hours = 'HN' as CommandName } = {}): Sample[] {
  const boiler = sceneOf(scenario).make({ seed, startAt: MORNING })
  const ask = (name: CommandName, second: number) => Buffer.from(boiler.answer(name, second * 1000) ?? [])
  const samples: Sample[] = []
  for (let second = 0; second <= seconds; second += PERIOD_SECONDS) {
    samples.push({
      second,
      status: ask('S?', second),
      status2: ask('S2', second),
      counters: ask(hours, second),
    })
  }
  return samples
}

const bit = (byte: number | undefined, place: number) => (((byte ?? 0) >> place) & 1) === 1
const hasGas = ({ status }: Sample) => bit(status[28], 0)
const hasFlame = ({ status }: Sample) => bit(status[28], 2)
const fan = ({ status }: Sample) => status.readInt16LE(18)
const ionisation = ({ status }: Sample) => status.readInt16LE(22)
const code = ({ status }: Sample) => status[24]
const tapFlow = ({ status2 }: Sample) => status2.readInt16LE(0)
const gas = ({ counters }: Sample) => counters.readUInt32LE(16) + counters.readUInt32LE(20)
const tapWater = ({ counters }: Sample) => counters.readUInt16LE(24) + 65_536 * counters.readUInt8(28)
const starts = ({ counters }: Sample) => counters.readUInt16LE(8) + 65_536 * counters.readUInt8(31)

const COUNTERS: readonly (readonly [string, (sample: Sample) => number])[] = [
  ['hours on power', ({ counters }) => counters.readUInt16LE(0) + 65_536 * counters.readUInt8(30)],
  ['heating hours', ({ counters }) => counters.readUInt16LE(4)],
  ['hot water hours', ({ counters }) => counters.readUInt16LE(6)],
  ['starts', starts],
  ['starts for hot water', ({ counters }) => counters.readUInt16LE(26) + 65_536 * counters.readUInt8(29)],
  ['failed starts', ({ counters }) => counters.readUInt16LE(10)],
  ['gas', gas],
  ['hot water', tapWater],
]

const day = live('heating-day', 86_400)
const pairs = day.slice(1).map((after, place) => ({ before: day[place] ?? after, after }))

describe('a heating day', () => {
  it('has an ionisation current with a flame, and never without', () => {
    for (const sample of day) expect(ionisation(sample) > 100).toBe(hasFlame(sample))
    expect(day.filter(hasFlame).length).toBeGreaterThan(500)
  })

  it('has the gas valve open and the fan turning wherever there is a flame', () => {
    for (const sample of day.filter(hasFlame)) {
      expect(hasGas(sample)).toBe(true)
      expect(fan(sample)).toBeGreaterThan(1000)
    }
  })

  it('burns no gas between two moments without gas valve and start', () => {
    const idle = pairs.filter(
      ({ before, after }) => !hasGas(before) && !hasGas(after) && starts(before) === starts(after),
    )

    expect(idle.length).toBeGreaterThan(1000)
    for (const { before, after } of idle) expect(gas(after) - gas(before)).toBeLessThan(15)
  })

  it('burns as much as the fan blows', () => {
    const steady = pairs.filter(
      ({ before, after }) =>
        hasFlame(before) &&
        hasFlame(after) &&
        Math.abs(fan(before) - fan(after)) < 20 &&
        starts(before) === starts(after),
    )

    expect(steady.length).toBeGreaterThan(300)
    for (const { before, after } of steady) {
      const cubicMetres = (fan(after) * 0.0054 * PERIOD_SECONDS) / 3600 / 9.77
      expect(Math.abs(gas(after) - gas(before) - cubicMetres * 10_000)).toBeLessThan(3)
    }
  })

  it('counts the water that flows', () => {
    const flowing = pairs.filter(
      ({ before, after }) =>
        tapFlow(before) > 0 && tapFlow(after) > 0 && after.second - before.second === PERIOD_SECONDS,
    )
    const closed = pairs.filter(({ before, after }) => tapFlow(before) === 0 && tapFlow(after) === 0)

    expect(flowing.length).toBeGreaterThan(50)
    for (const { before, after } of flowing) {
      const litres = ((tapFlow(before) + tapFlow(after)) / 200) * (PERIOD_SECONDS / 60)
      expect(Math.abs(tapWater(after) - tapWater(before) - litres * 10)).toBeLessThan(2)
    }
    for (const { before, after } of closed) expect(tapWater(after)).toBe(tapWater(before))
  })

  it.each(COUNTERS)('never counts %s back, nor by leaps', (_, count) => {
    for (const { before, after } of pairs) {
      expect(count(after) - count(before)).toBeGreaterThanOrEqual(0)
      expect(count(after) - count(before)).toBeLessThan(60)
    }
    const [first, last] = [day[0], day.at(-1)]
    if (!first || !last) throw new Error('a day has samples')
    expect(count(last)).toBeGreaterThan(count(first))
  })

  it('shows the codes of standby, heating, tapping and both after-runs', () => {
    expect(new Set(day.map(code))).toEqual(new Set([126, 0, 204, 153, 231]))
  })

  it('runs the pump for the radiators and not for the tap', () => {
    const running = ({ status2 }: Sample) => (200 - (status2[2] ?? 200)) / 2

    for (const sample of day) {
      const isHeating = code(sample) === 0 || code(sample) === 231
      expect(bit(sample.status[26], 3)).toBe(isHeating)
      expect(running(sample) > 0).toBe(isHeating)
    }
  })

  it('sets the tap switch while water flows', () => {
    for (const sample of day) expect(bit(sample.status[26], 1)).toBe(tapFlow(sample) > 0)
  })

  it('keeps temperatures and pressure where a boiler has them', () => {
    for (const { status } of day) {
      for (const offset of [0, 2, 4, 6]) {
        expect(status.readInt16LE(offset)).toBeGreaterThan(1500)
        expect(status.readInt16LE(offset)).toBeLessThan(8500)
      }
      expect(status.readInt16LE(8)).toBe(-5100)
      expect(Math.abs(status.readInt16LE(10) - 400)).toBeLessThan(500)
      expect(Math.abs(status.readInt16LE(12) - 150)).toBeLessThan(30)
    }
  })

  it('moves no temperature by more than a flame can', () => {
    for (const { before, after } of pairs) {
      for (const offset of [2, 4]) {
        expect(Math.abs(after.status.readInt16LE(offset) - before.status.readInt16LE(offset))).toBeLessThan(
          1200,
        )
      }
    }
  })

  it('keeps the room near what the thermostat wants by day', () => {
    for (const { second, status2 } of day.filter(each => each.second < 40_000)) {
      expect(Math.abs(status2.readInt16LE(8) - 2050), `second ${second}`).toBeLessThan(60)
    }
  })

  it('modulates', () => {
    const speeds = new Set(
      day
        .filter(sample => hasFlame(sample) && code(sample) === 0)
        .map(({ status }) => status.readInt16LE(16)),
    )

    expect(speeds.size).toBeGreaterThan(40)
  })

  it('has no fault', () => {
    for (const { status } of day)
      expect([status[25], status[27], status[29], status[30], status[31]]).toEqual([0, 0x40, 255, 0, 255])
  })

  it('is the same for the same seed and another for another', () => {
    const text = (seed: number) =>
      live('heating-day', 3000, { seed })
        .map(({ status }) => hexText(status))
        .join()

    expect(text(1)).toBe(text(1))
    expect(text(2)).not.toBe(text(1))
  })

  it('is the same however often it is asked', () => {
    const often = sceneOf('heating-day').make({ seed: 1, startAt: MORNING })
    const seldom = sceneOf('heating-day').make({ seed: 1, startAt: MORNING })
    for (let ms = 0; ms < 900_000; ms += 333) often.answer('S?', ms)

    expect(often.answer('HN', 900_000)).toEqual(seldom.answer('HN', 900_000))
    expect(often.answer('S?', 900_000)).toEqual(seldom.answer('S?', 900_000))
  })

  it('answers at once after months', () => {
    const boiler = sceneOf('heating-day').make({ seed: 1, startAt: MORNING })
    const counters = Buffer.from(boiler.answer('HN', 200 * 86_400_000) ?? [])

    expect(counters.readUInt16LE(0) + 65_536 * counters.readUInt8(30)).toBe(70_211 + 200 * 24)
  })
})

describe('a demo', () => {
  it('heats within a minute and taps within three', () => {
    const samples = live('demo', 180)

    expect(samples.find(hasFlame)?.second).toBeLessThan(60)
    expect(samples.find(sample => code(sample) === 204)?.second).toBeLessThan(180)
  })

  it('lights up before it heats: fan first, then spark with gas, then flame', () => {
    const boiler = sceneOf('demo').make({ seed: 1, startAt: MORNING })
    const seen: string[] = []
    for (let second = 0; second < 20; second++) {
      const status = Buffer.from(boiler.answer('S?', second * 1000) ?? [])
      const state = `${status.readInt16LE(16) > 0 ? 'fan ' : ''}${(status[28] ?? 0).toString(2).padStart(8, '0')}`
      if (seen.at(-1) !== state) seen.push(state)
    }

    expect(seen).toEqual(['00100000', 'fan 00100000', 'fan 00100011', 'fan 00100101'])
  })
})

describe('quiet and busy boilers', () => {
  it('does nothing in standby', () => {
    const samples = live('standby', 7200)

    expect(new Set(samples.map(code))).toEqual(new Set([126]))
    expect(new Set(samples.map(fan))).toEqual(new Set([0]))
    expect(new Set(samples.map(gas))).toEqual(new Set([64_412_468]))
  })

  it('makes hot water of 50 to 60 °C while tapping', () => {
    const settled = live('tapping', 600).filter(sample => code(sample) === 204 && sample.second % 120 > 60)

    expect(settled.length).toBeGreaterThan(10)
    for (const { status } of settled) {
      expect(status.readInt16LE(6)).toBeGreaterThan(5000)
      expect(status.readInt16LE(6)).toBeLessThan(6000)
    }
  })

  it('says nothing of pressure but 6 bar without its sensor', () => {
    for (const { status } of live('no-pressure-sensor', 600)) {
      expect([bit(status[28], 5), status.readInt16LE(12)]).toEqual([false, 600])
    }
  })

  it('says in three ways that a sensor is absent', () => {
    for (const { status } of live('absent-sensors', 600)) {
      expect(hexText(status.subarray(4, 12))).toBe('ff7f14ec14ec27ec')
    }
  })
})

describe('a boiler without gas', () => {
  it.each([
    ['fault', 0x80],
    ['fault-bit-six', 0xc0],
  ])('%s tries four times, then says fault 4 with marker %i', (scenario, marker) => {
    const samples = live(scenario, 210)
    const last = samples.at(-1)
    const failed = (sample: Sample | undefined) => sample?.counters.readUInt16LE(10) ?? 0

    expect(samples.some(hasFlame)).toBe(true)
    expect(failed(last) - failed(samples[0])).toBe(4)
    expect(last?.counters.readUInt16LE(12)).toBe(1)
    expect([last?.status[27], last?.status[29]]).toEqual([marker, 4])
    expect(last && [bit(last.status[26], 5), bit(last.status[28], 6), hasGas(last), fan(last)]).toEqual([
      true,
      true,
      false,
      0,
    ])
  })

  it('counts it in EN', () => {
    const boiler = sceneOf('fault').make({ seed: 1, startAt: MORNING })

    expect([boiler.answer('EN', 0)?.[4], boiler.answer('EN', 210_000)?.[4]]).toEqual([3, 4])
  })
})

describe('an Xtreme', () => {
  it('has its fan in D2 and temperatures in its place', () => {
    const boiler = sceneOf('xtreme').make({ seed: 1, startAt: MORNING })
    const status = Buffer.from(boiler.answer('S?', 60_000) ?? [])
    const drive = Buffer.from(boiler.answer('D2', 60_000) ?? [])

    expect(status.readInt16LE(4)).toBe(-5100)
    expect(status.readInt16LE(8)).toBe(1120)
    expect(Math.abs(status.readInt16LE(16) - 500)).toBeLessThan(100)
    expect(status.readInt16LE(18)).toBe(-5100)
    expect(drive.readInt16LE(0)).toBeGreaterThan(1000)
    expect(Math.abs(drive.readInt16LE(2) - drive.readInt16LE(0))).toBeLessThan(200)
  })

  it('has the known settings on page 0 and none on the others', () => {
    const boiler = sceneOf('xtreme').make({ seed: 1, startAt: MORNING })

    expect(hexText(boiler.answer('V0', 0) ?? new Uint8Array()).slice(0, 10)).toBe('0100323203')
    expect(hexText(boiler.answer('V2', 0) ?? new Uint8Array())).toBe('00'.repeat(32))
  })
})
