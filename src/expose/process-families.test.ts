import { describe, expect, it } from 'vitest'
import { parseOpenMetrics } from '../testing/exposition-parser.ts'
import { someProcess } from './exposition.test-helper.ts'
import { familyPage } from './family-page.ts'
import { openMetricsFormat } from './open-metrics.ts'
import { createPart } from './part.ts'
import { PROCESS_FAMILIES, processPage, processSeries } from './process-families.ts'

function pageOf(...series: Parameters<typeof processSeries>): string {
  const part = createPart(PROCESS_FAMILIES, undefined)
  part.update(processSeries(...series))
  expect(part.omitted).toBe(0)
  return familyPage(openMetricsFormat, [{ table: PROCESS_FAMILIES, parts: [part] }])
}

describe('process families', () => {
  it('are all there and readable', () => {
    const families = parseOpenMetrics(pageOf(someProcess(), 'v24.21.0'))

    expect(families).toHaveLength(Object.keys(PROCESS_FAMILIES).length)
    const values = new Map(families.flatMap(f => f.samples.map(s => [s.name, s.value] as const)))
    expect(values.get('process_cpu_seconds_total')).toBe(3.75)
    expect(values.get('process_start_time_seconds')).toBe(1_700_000_000.25)
    const version = families.find(({ name }) => name === 'nodejs_version')
    expect(Object.fromEntries(version?.samples[0]?.labels ?? [])).toEqual({
      version: 'v24.21.0',
      major: '24',
      minor: '21',
      patch: '0',
    })
  })

  it('leave out what the system does not tell', () => {
    const { residentBytes: _, virtualBytes: __, openFds: ___, maxFds: ____, ...sample } = someProcess()

    const page = pageOf(sample, 'unknown')

    expect(page).not.toMatch(/resident|virtual|fds|version/)
    expect(processPage(sample).map(({ name }) => name)).toEqual([
      'process_start_time_seconds',
      'process_cpu_seconds',
    ])
  })

  it('are six in a drop-in, in the order of the Python client', () => {
    const families = processPage(someProcess())

    expect(families.map(({ name, type, samples }) => [name, type, samples[0]?.name])).toEqual([
      ['process_virtual_memory_bytes', 'gauge', undefined],
      ['process_resident_memory_bytes', 'gauge', undefined],
      ['process_start_time_seconds', 'gauge', undefined],
      ['process_cpu_seconds', 'counter', 'process_cpu_seconds_total'],
      ['process_open_fds', 'gauge', undefined],
      ['process_max_fds', 'gauge', undefined],
    ])
    expect(families.map(({ help }) => help)).toEqual([
      'Virtual memory size in bytes.',
      'Resident memory size in bytes.',
      'Start time of the process since unix epoch in seconds.',
      'Total user and system CPU time spent in seconds.',
      'Number of open file descriptors.',
      'Maximum number of open file descriptors.',
    ])
  })
})
