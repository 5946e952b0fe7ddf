import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { cleanUp, temporaryFolder } from '../support/clean-up.ts'
import { get, type Serving, simulateLinky, startLinkyExporter, startRun } from '../support/hearth.ts'
import { until } from '../support/until.ts'

const STALE_AFTER_MS = 3_000
/** Ten seconds between two tries at most, and what a small machine under load takes besides. */
const BACK_WITHIN_MS = 25_000

afterEach(cleanUp)
afterAll(cleanUp)

/** Whether the page shows values now. */
async function shows(serving: Serving): Promise<boolean> {
  return (await get(`${serving.url}/metrics`)).text.includes('hearth_meter_apparent_power_voltamperes{')
}

const appears = (serving: Serving) =>
  until('values appear', async () => ((await shows(serving)) ? true : undefined), BACK_WITHIN_MS)
const vanishes = (serving: Serving) =>
  until('values vanish', async () => ((await shows(serving)) ? undefined : true), STALE_AFTER_MS + 5_000)

async function metric(serving: Serving, start: string): Promise<number> {
  const line = (await get(`${serving.url}/metrics`)).text.split('\n').find(each => each.startsWith(start))
  return Number(line?.split(' ').at(-1))
}

/** A free port that a second simulator can take again. */
function portOf(place: string): string {
  return new URL(place).port
}

const run = (port: string) => startRun({ meter: { type: 'linky', port, stale_after: '3s' } })

describe('a line that is lost', () => {
  it.each([
    ['TCP', undefined],
    ['a pseudo-terminal', 'ttyUSB0'],
  ])('on %s: values go at stale_after and come back without a restart', async (_name, file) => {
    const pty = file === undefined ? undefined : join(temporaryFolder(), file)
    const where = (port?: string) => (pty ? ['--pty', pty] : ['--listen', `127.0.0.1:${port ?? 0}`])
    const meter = await simulateLinky('hc', '--pace', '2', ...where())
    const serving = await run(meter.place)
    await appears(serving)

    meter.program.kill('SIGKILL')
    await meter.program.ended
    const before = await metric(serving, 'hearth_device_last_success_timestamp_seconds')
    await vanishes(serving)

    expect(await metric(serving, 'hearth_device_up{')).toBe(0)
    expect(await metric(serving, 'hearth_device_last_success_timestamp_seconds')).toBe(before)
    expect(
      await metric(serving, 'hearth_device_errors_total{device="meter",kind="connect"}'),
    ).toBeGreaterThan(0)
    expect(serving.program.stderr()).toMatch(/warn .*device=meter kind=connect/)

    await simulateLinky('hc', '--pace', '2', ...where(pty ? undefined : portOf(meter.place)))
    await appears(serving)

    expect(await metric(serving, 'hearth_device_up{')).toBe(1)
    expect(await metric(serving, 'hearth_device_reconnects_total')).toBeGreaterThan(0)
    expect(await serving.program.stop()).toBe(0)
  })

  it.each([
    ['TCP', undefined],
    ['a pseudo-terminal', 'ttyUSB0'],
  ])('on %s: absent at start, it is read as soon as it is there', async (_name, file) => {
    const first = await simulateLinky('hc')
    const port = portOf(first.place)
    await first.program.stop()
    const place = file ? join(temporaryFolder(), file) : `tcp://127.0.0.1:${port}`
    const serving = await run(place)
    await until('the log says why', () => (/kind=connect/.test(serving.program.stderr()) ? true : undefined))
    expect(await shows(serving)).toBe(false)
    expect(serving.program.stderr()).toContain(place)

    await simulateLinky('hc', '--pace', '2', ...(file ? ['--pty', place] : ['--listen', `127.0.0.1:${port}`]))

    await appears(serving)
  })

  it('pulled in the middle of a frame again and again, it never shows half a frame', async () => {
    // No faster: while the line is out, a busy house would draw more than its contract allows in the time that really passes.
    const meter = await simulateLinky('unplug', '--pace', '4')
    const serving = await run(meter.place)
    await appears(serving)
    await until(
      'the line was lost twice',
      async () => ((await metric(serving, 'hearth_device_reconnects_total')) >= 2 ? true : undefined),
      30_000,
    )
    await appears(serving)
    expect(await metric(serving, 'hearth_device_errors_total{device="meter",kind="implausible"}')).toBe(0)
  })

  it('that is silent is opened anew, and said to be', async () => {
    const meter = await simulateLinky('silent')
    const serving = await startRun({
      meter: { type: 'linky', port: meter.place, mode: 'historique', frame_timeout: '1s' },
    })
    await until('silence is counted twice', async () =>
      (await metric(serving, 'hearth_device_errors_total{device="meter",kind="timeout"}')) >= 2
        ? true
        : undefined,
    )
    expect(serving.program.stderr()).toMatch(/no byte in 1 s/)
  })
})

describe('the drop-in command', () => {
  it('answers 503 with the reason until there is a frame, and after the last one is stale', async () => {
    const meter = await simulateLinky('silent')
    const serving = await startLinkyExporter(meter.place, { LINKY_FRAME_TIMEOUT: '1' })
    const refused = await until('the reason is known', async () => {
      const answer = await get(`${serving.url}/metrics`)
      return answer.text.includes('no byte') ? answer : undefined
    })
    expect(refused.status).toBe(503)
  })

  it('goes on with what is good while every frame has a damaged group', async () => {
    const meter = await simulateLinky('every-frame-bad', '--pace', '4')
    const serving = await startLinkyExporter(meter.place)
    const page = await until('a page', async () => {
      const answer = await get(`${serving.url}/metrics`)
      return answer.status === 200 ? answer : undefined
    })
    expect(page.text).toContain('linky_isousc{')
  })

  it.each(['noise', 'glitch', 'parity', 'cut', 'bad-checksum', 'index-jump', 'overrun-three-phase'])(
    'survives the scenario %s',
    async scenario => {
      const meter = await simulateLinky(scenario, '--pace', '20')
      const serving = await startLinkyExporter(meter.place, { LINKY_FRAME_TIMEOUT: '2' })
      const until5s = Date.now() + 4_000
      while (Date.now() < until5s) {
        const { status } = await get(`${serving.url}/metrics`)
        expect([200, 503]).toContain(status)
      }
      expect(await serving.program.stop()).toBe(0)
    },
  )
})
