import { describe, expect, it } from 'vitest'
import { someProcess } from '../../expose/exposition.test-helper.ts'
import { fakeClock } from '../../testing/fake-clock.ts'
import { answering, readBoiler, startReader } from './boiler.test-helper.ts'
import { DOCUMENT } from './document.test-data.ts'
import { linesOf, MEASURED } from './pairs.test-data.ts'

const isTime = (line: string) => line.startsWith('intergas_updated ')

async function readAnswers(answers: Readonly<Record<string, string>>) {
  const clock = fakeClock()
  const reader = startReader(answering(answers, clock), { clock })
  await clock.advance(8_000)
  return reader
}

const ask = (accept?: string, query = '') => ({
  accept,
  acceptEncoding: undefined,
  query: new URLSearchParams(query),
})

describe('drop-in page', () => {
  it.each(MEASURED.map(({ state, answers }) => [state, answers] as const))(
    'prints for the state %s what the original printed',
    async (state, answers) => {
      const reader = await readAnswers(answers)
      expect(reader.dropIn().filter(line => !isTime(line))).toEqual(linesOf(state))
      expect(reader.dropIn()).toHaveLength(77)
      await reader.stop()
    },
  )

  it("is the example of the original's document, HELP and TYPE included", async () => {
    const reader = readBoiler('document')
    await reader.clock.advance(8_000)
    const body = Buffer.from(reader.exposition.dropIn('boiler', '/', ask())?.body ?? '').toString('utf8')
    expect(body.replace(/^intergas_updated .*$/m, 'intergas_updated TIME')).toBe(DOCUMENT)
    await reader.stop()
  })

  it('carries the start of the last whole poll, with its fraction', async () => {
    const reader = readBoiler('state-a')
    const startedAt = reader.clock.now()
    await reader.clock.advance(4_000)
    expect(reader.dropIn().find(isTime)).toBe(`intergas_updated ${written(startedAt)}`)
    await reader.clock.advance(5_000)
    expect(reader.dropIn().find(isTime)).toBe(`intergas_updated ${written(startedAt + 5_000)}`)
    reader.boiler.disturb({ kind: 'silent' })
    await reader.clock.advance(60_000)
    expect(reader.dropIn()).toEqual([`intergas_updated ${written(startedAt + 5_000)}`, 'intergas_up 0.0'])
    await reader.stop()
  })

  it('says that it is not up and gives no value before the first reading', async () => {
    const reader = readBoiler('silent')
    expect(reader.dropIn()).toEqual(['intergas_up 0.0'])
    await reader.stop()
  })

  it('shows a fault only while the marker is exactly what the original looks for', async () => {
    const [fault] = MEASURED.filter(({ state }) => state === 'fault')
    const status = fault?.answers['S?\r'] ?? ''
    const withBitSix = `${status.slice(0, 54)}c0${status.slice(56)}`
    const reader = await readAnswers({ ...fault?.answers, 'S?\r': withBitSix })
    expect(reader.dropIn()).toContain('intergas_display_code 102.0')
    expect(reader.unified()).toContain('hearth_fault_active{device="boiler"} 1')
    await reader.stop()
  })

  it('answers every path alike but the icon, and filters by name', async () => {
    const reader = await readAnswers(MEASURED[0]?.answers ?? {})
    const page = reader.dropIn('/')
    expect(page).toHaveLength(77)
    for (const path of ['/metrics', '/any/where', '/favicon.ico/x']) expect(reader.dropIn(path)).toEqual(page)
    const icon = reader.exposition.dropIn('boiler', '/favicon.ico', ask())
    expect([icon?.status, icon?.body.length]).toEqual([200, 0])
    const filtered = reader.exposition.dropIn('boiler', '/', ask(undefined, 'name[]=intergas_up'))
    expect(Buffer.from(filtered?.body ?? '').toString()).toBe(
      '# HELP intergas_up Intergas client status\n# TYPE intergas_up gauge\nintergas_up 1.0\n',
    )
    await reader.stop()
  })

  it('is preceded by the figures of the process, which go on when the boiler is silent', async () => {
    const reader = readBoiler('silent')
    reader.exposition.putProcess(someProcess())
    const names = () => reader.dropIn().map(line => line.split(' ', 1)[0])
    expect(names()).toEqual([
      'process_virtual_memory_bytes',
      'process_resident_memory_bytes',
      'process_start_time_seconds',
      'process_cpu_seconds_total',
      'process_open_fds',
      'process_max_fds',
      'intergas_up',
    ])
    reader.exposition.putProcess({ ...someProcess(), openFds: 77 })
    expect(reader.dropIn()).toContain('process_open_fds 77.0')
    const open = reader.exposition.dropIn('boiler', '/', ask('application/openmetrics-text'))
    const text = Buffer.from(open?.body ?? '').toString()
    expect(text).toContain('# TYPE process_cpu_seconds counter\nprocess_cpu_seconds_total ')
    expect(text.match(/# EOF/g)).toHaveLength(1)
    await reader.stop()
  })
})

function written(ms: number): string {
  return `1.${String(ms / 1000)
    .replace('.', '')
    .slice(1)}`
    .replace(/0+$/, '')
    .concat('e+09')
}
