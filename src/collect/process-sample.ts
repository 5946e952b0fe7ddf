import { readdirSync, readFileSync } from 'node:fs'
import { getHeapStatistics } from 'node:v8'
import type { ProcessSample } from '../core/process-sample.ts'
import { type LoopWatch, watchLoop } from './loop-lag.ts'

const US_PER_SECOND = 1e6
/** What Go and Python print for "unlimited". */
const UNLIMITED = 2 ** 64
/** Fields of `/proc/self/stat` after the command, which may hold spaces and brackets; virtual memory is field 23. */
const VIRTUAL_BYTES_AFTER_COMMAND = 20

let loop: LoopWatch | undefined
let lastLagSeconds = 0

/** Samples hearth's own process; the first call starts to watch the event loop. */
export function sampleProcess(): ProcessSample {
  const cpu = process.cpuUsage()
  const heap = getHeapStatistics()
  const residentBytes = readResidentBytes()
  const virtualBytes = readVirtualBytes()
  const openFds = countOpenFds()
  const maxFds = readMaxFds()
  return {
    startTimeSeconds: Math.round(performance.timeOrigin) / 1000,
    cpuUserSeconds: cpu.user / US_PER_SECOND,
    cpuSystemSeconds: cpu.system / US_PER_SECOND,
    ...(residentBytes === undefined ? {} : { residentBytes }),
    ...(virtualBytes === undefined ? {} : { virtualBytes }),
    ...(openFds === undefined ? {} : { openFds }),
    ...(maxFds === undefined ? {} : { maxFds }),
    heapUsedBytes: heap.used_heap_size,
    heapTotalBytes: heap.total_heap_size,
    externalBytes: heap.external_memory,
    eventLoopLagSeconds: takeLag(),
    activeResources: countResources(),
  }
}

/** Stops watching the event loop; the next sample starts again. */
export function stopSampling(): void {
  loop?.stop()
  loop = undefined
}

function takeLag(): ProcessSample['eventLoopLagSeconds'] {
  const asked = performance.now()
  setImmediate(() => {
    lastLagSeconds = (performance.now() - asked) / 1000
  }).unref()
  loop ??= watchLoop()
  return { last: lastLagSeconds, ...loop.take() }
}

/** Node reads it from `/proc` as well, and throws where there is none: in a root tree of its own. */
function readResidentBytes(): number | undefined {
  try {
    return process.memoryUsage.rss()
  } catch {
    return undefined
  }
}

function readVirtualBytes(): number | undefined {
  const stat = read('/proc/self/stat')
  const field = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[VIRTUAL_BYTES_AFTER_COMMAND]
  return field === undefined ? undefined : Number(field)
}

function readMaxFds(): number | undefined {
  const soft = /^Max open files\s+(\S+)/m.exec(read('/proc/self/limits') ?? '')?.[1]
  if (soft === undefined) return undefined
  return soft === 'unlimited' ? UNLIMITED : Number(soft)
}

function countOpenFds(): number | undefined {
  try {
    // One of them is the directory being read.
    return readdirSync('/proc/self/fd').length - 1
  } catch {
    return undefined
  }
}

/** Other systems have no `/proc`: the figures from it are absent there. */
function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return undefined
  }
}

function countResources(): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const type of process.getActiveResourcesInfo()) counts[type] = (counts[type] ?? 0) + 1
  return counts
}
