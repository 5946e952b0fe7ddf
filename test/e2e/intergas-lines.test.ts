import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { DOCUMENT } from '../../src/devices/intergas/document.test-data.ts'
import { startBoiler } from '../support/boiler.ts'
import { cleanUp, temporaryFolder } from '../support/clean-up.ts'
import { pageOf, pageWith, samplesOf, textOf } from '../support/drop-in-page.ts'
import { get, type Serving, startIntergasExporter, startRun } from '../support/hearth.ts'
import { startProgram } from '../support/program.ts'
import { until } from '../support/until.ts'

/** A silent boiler is known as such this soon after the first question that it does not answer. */
const DOWN_WITHIN_MS = 5_000
/** Ten seconds between two tries at most, and what a small machine under load takes besides. */
const BACK_WITHIN_MS = 25_000
/** Two programs that ask one boiler have to find their turns first. */
const SHARED_FOR_MS = 15_000
const VALUES_WITHIN_MS = 60_000
/** A boiler that is silent keeps each question waiting for a second: no scrape may. */
const LONGEST_SCRAPE_MS = 500

const LINES = [
  { line: 'TCP', pty: () => undefined },
  { line: 'a pseudo-terminal', pty: () => join(temporaryFolder(), 'ttyUSB-PL2303') },
]
const REAL = new Set(samplesOf(DOCUMENT))
const UP = 'intergas_up'
const DEVICE = '{device="boiler"}'

afterEach(cleanUp)
afterAll(cleanUp)

const run = (port: string, pace = { interval: '1s', stale_after: '4s' }) =>
  startRun({ boiler: { type: 'intergas', port, ...pace } })
/** As by default: every second there would be no room for a second program on a line of 9600 baud. */
const EASY = { interval: '5s', stale_after: '30s' }

/** The drop-in page of a boiler among the devices of `run`. */
const dropInOf = (serving: Serving): Serving => ({ ...serving, url: `${serving.url}/devices/boiler` })

/** Lines on a page that the boiler of the document never gave. */
const falseOn = (page: string) =>
  samplesOf(page).filter(
    line => /^intergas_/.test(line) && !/^intergas_(up|updated) /.test(line) && !REAL.has(line),
  )
const valuesOn = (page: string) =>
  samplesOf(page).filter(line => REAL.has(line) && !line.startsWith(UP)).length

async function count(serving: Serving, family: string): Promise<number> {
  return Number(textOf(await pageOf(serving), family))
}
const errors = (serving: Serving, kind: string) =>
  count(serving, `hearth_device_errors_total{device="boiler",kind="${kind}"}`)

describe.each(LINES)('a boiler on $line', ({ line, pty }) => {
  it('whose cable is pulled in the middle of an answer is read again without a restart', async () => {
    const boiler = await startBoiler('document', { pty: pty() })
    const serving = await run(boiler.place)
    const dropIn = dropInOf(serving)
    await pageWith(dropIn, UP, '1.0')

    boiler.disturb({ kind: 'hang-up', bytes: 16, only: ['CRC'], times: 1 })
    const page = await pageWith(dropIn, UP, '0.0')
    // What was read before stays as long as it is fresh.
    expect(valuesOn(page)).toBe(75)
    expect(falseOn(page)).toEqual([])

    const after = await pageWith(dropIn, UP, '1.0', BACK_WITHIN_MS)
    expect(falseOn(after)).toEqual([])
    expect(valuesOn(after)).toBe(75)
    expect(await errors(serving, 'connect')).toBeGreaterThan(0)
    expect(await errors(serving, 'implausible')).toBe(0)
    expect(await count(serving, `hearth_device_reconnects_total${DEVICE}`)).toBe(1)
    expect(serving.program.stderr()).toMatch(
      /warn {2}\S+: .*(lost|does not exist).* device=boiler kind=connect/,
    )
    expect(serving.program.stderr()).toContain('reads again device=boiler')
  })

  it('that is away loses its values at stale_after, and has them again when it is back', async () => {
    const boiler = await startBoiler('document', { pty: pty() })
    const serving = await run(boiler.place)
    const dropIn = dropInOf(serving)
    await pageWith(dropIn, UP, '1.0')

    await boiler.unplug()
    await pageWith(dropIn, UP, '0.0', DOWN_WITHIN_MS)
    const success = `hearth_device_last_success_timestamp_seconds${DEVICE}`
    const lastSuccess = await count(serving, success)
    const empty = await until(
      'values are gone',
      async () => {
        const page = await pageOf(dropIn)
        return valuesOn(page) === 0 ? page : undefined
      },
      4_000 + 3_000,
    )
    expect(samplesOf(empty).filter(each => each.startsWith('intergas_'))).toEqual([
      expect.stringMatching(/^intergas_updated /),
      'intergas_up 0.0',
    ])
    const unified = await pageOf(serving)
    expect(textOf(unified, `hearth_device_up${DEVICE}`)).toBe('0')
    expect(unified).not.toContain('hearth_temperature_celsius{')
    expect(await count(serving, success)).toBe(lastSuccess)

    await boiler.plugIn()
    const back = await pageWith(dropIn, UP, '1.0', BACK_WITHIN_MS)
    expect(falseOn(back)).toEqual([])
    expect(await count(serving, success)).toBeGreaterThan(lastSuccess)
    expect(await serving.program.stop()).toBe(0)
  })

  it('that is absent at start is waited for', async () => {
    const boiler = await startBoiler('document', { pty: pty() })
    await boiler.unplug()
    const serving = await startIntergasExporter(boiler.place)
    await serving.program.waitFor(/kind=connect/)
    const { status, text } = await get(serving.url)
    expect(status).toBe(200)
    expect(samplesOf(text).filter(each => each.startsWith('intergas_'))).toEqual(['intergas_up 0.0'])
    expect(text).toContain('# TYPE intergas_temperature_celcius gauge')
    expect(serving.program.stderr()).toContain(boiler.place)

    await boiler.plugIn()
    await pageWith(serving, UP, '1.0', BACK_WITHIN_MS)
  })

  it('that falls silent is down within 5 s of the first question, up again after, and no scrape waits', async () => {
    const boiler = await startBoiler('document', { pty: pty() })
    const serving = await startIntergasExporter(boiler.place)
    await pageWith(serving, UP, '1.0')
    const updated = textOf(await pageOf(serving), 'intergas_updated')

    let askedAt = 0
    boiler.onHeard(() => {
      if (askedAt === 0) askedAt = performance.now()
    })
    const speak = boiler.disturb({ kind: 'silent' })
    await until('it is asked', () => (askedAt > 0 ? true : undefined))
    const scrapes: number[] = []
    let downAt = 0
    while (performance.now() < (downAt || askedAt + DOWN_WITHIN_MS) + 1_000) {
      const startedAt = performance.now()
      const page = await pageOf(serving)
      scrapes.push(performance.now() - startedAt)
      if (downAt === 0 && textOf(page, UP) === '0.0') {
        downAt = performance.now()
        // The same series as before, the time of the last whole poll included.
        expect(valuesOn(page)).toBe(75)
        expect(textOf(page, 'intergas_updated')).toBe(updated)
      }
      await sleep(10)
    }
    expect(downAt - askedAt).toBeGreaterThan(0)
    expect(downAt - askedAt).toBeLessThan(DOWN_WITHIN_MS)
    expect(scrapes.length).toBeGreaterThan(100)
    expect(Math.max(...scrapes)).toBeLessThan(LONGEST_SCRAPE_MS)
    expect(serving.program.stderr()).toMatch(/no answer from the boiler.*Check the cable.*kind=timeout/)

    speak()
    await pageWith(serving, UP, '1.0', BACK_WITHIN_MS)
    const slowest = [...scrapes].sort((a, b) => a - b)
    console.info(
      `${line}: down ${Math.round(downAt - askedAt)} ms after the first question; of ${scrapes.length} scrapes ` +
        `the middle one took ${slowest[scrapes.length >> 1]?.toFixed(1)} ms, the longest ${slowest.at(-1)?.toFixed(1)} ms`,
    )
  })
})

describe('two programs on one port', () => {
  it('a serial port has one reader: the second says who has it, and takes over when it is free', async () => {
    const boiler = await startBoiler('document', { pty: join(temporaryFolder(), 'ttyUSB-PL2303') })
    const first = await startIntergasExporter(boiler.place)
    await pageWith(first, UP, '1.0')

    const second = await run(boiler.place)
    const [message = ''] = await second.program.waitFor(/.*kind=connect.*/)
    expect(message).toMatch(/is in use by \S+ \(process \d+\).*End that program/)
    expect(message).toContain(`process ${first.program.pid}`)
    expect(await errors(second, 'connect')).toBeGreaterThan(0)
    expect(await count(second, `hearth_device_up${DEVICE}`)).toBe(0)
    await sleep(3_000)
    const page = await pageOf(first)
    expect([textOf(page, UP), valuesOn(page), falseOn(page)]).toEqual(['1.0', 75, []])
    // Said once: trying again is no news.
    expect(second.program.stderr().match(/kind=connect/g)).toHaveLength(1)

    expect(await first.program.stop()).toBe(0)
    await pageWith(dropInOf(second), UP, '1.0', BACK_WITHIN_MS)
  })

  it('a program that takes bytes away by itself costs readings, and makes none', async () => {
    const boiler = await startBoiler('document', { pty: join(temporaryFolder(), 'ttyUSB-PL2303') })
    const serving = await run(boiler.place)
    const dropIn = dropInOf(serving)
    await pageWith(dropIn, UP, '1.0')

    const thief = startProgram('cat', [boiler.place])
    for (let i = 0; i < 50; i++) {
      expect(falseOn(await pageOf(dropIn))).toEqual([])
      await sleep(100)
    }
    expect(thief.stdout().length).toBeGreaterThan(0)
    expect((await errors(serving, 'framing')) + (await errors(serving, 'timeout'))).toBeGreaterThan(0)

    await thief.stop()
    await pageWith(dropIn, UP, '1.0', BACK_WITHIN_MS)
  })

  it('two readers of one bridge hear each other’s answers, and show none but true ones', async () => {
    const boiler = await startBoiler('document')
    const [first, second] = [await run(boiler.place, EASY), await run(boiler.place, EASY)]
    const readers = [first, second]
    const hasShown = new Set<Serving>()
    const startedAt = performance.now()
    const elapsedMs = () => performance.now() - startedAt
    while (elapsedMs() < SHARED_FOR_MS || (hasShown.size < 2 && elapsedMs() < VALUES_WITHIN_MS)) {
      for (const reader of readers) {
        const page = await pageOf(dropInOf(reader))
        expect(falseOn(page)).toEqual([])
        if (valuesOn(page) > 0) hasShown.add(reader)
      }
      await sleep(100)
    }
    expect(hasShown.size).toBe(2)
    for (const reader of readers) {
      expect((await errors(reader, 'framing')) + (await errors(reader, 'implausible'))).toBeGreaterThan(0)
    }
    await first.program.stop()
    await pageWith(dropInOf(second), UP, '1.0', BACK_WITHIN_MS)
  })
})
