import { existsSync } from 'node:fs'
import { afterAll, expect, it, vi } from 'vitest'
import { sampleProcess, stopSampling } from './process-sample.ts'

afterAll(stopSampling)

it('samples figures that can be true', () => {
  const sample = sampleProcess()

  expect(sample.startTimeSeconds).toBeGreaterThan(1_600_000_000)
  expect(sample.startTimeSeconds).toBeLessThanOrEqual(Date.now() / 1000)
  expect(sample.cpuUserSeconds).toBeGreaterThan(0)
  expect(sample.cpuSystemSeconds).toBeGreaterThanOrEqual(0)
  expect(sample.heapTotalBytes).toBeGreaterThan(1_000_000)
  expect(sample.heapUsedBytes).toBeGreaterThan(1_000_000)
  expect(Object.values(sample.activeResources).every(count => count > 0)).toBe(true)
})

it.runIf(existsSync('/proc/self/stat'))('reads memory and file descriptors where there is /proc', () => {
  const sample = sampleProcess()

  expect(sample.residentBytes).toBeGreaterThan(10_000_000)
  expect(sample.virtualBytes).toBeGreaterThan(sample.residentBytes ?? 0)
  expect(sample.openFds).toBeGreaterThan(2)
  expect(sample.maxFds).toBeGreaterThan(sample.openFds ?? 0)
})

it('does without the memory that Node itself cannot tell', () => {
  const rss = vi.spyOn(process.memoryUsage, 'rss').mockImplementation(() => {
    throw new Error('ENOENT: no such file or directory, uv_resident_set_memory')
  })

  const sample = sampleProcess()

  rss.mockRestore()
  expect(sample).not.toHaveProperty('residentBytes')
  expect(sample.heapUsedBytes).toBeGreaterThan(1_000_000)
})

it('gives every lag as a finite number from the first sample on', () => {
  const lags = [sampleProcess(), sampleProcess()].flatMap(sample => Object.values(sample.eventLoopLagSeconds))

  expect(lags).toHaveLength(10)
  expect(lags.every(lag => Number.isFinite(lag) && lag >= 0)).toBe(true)
})
