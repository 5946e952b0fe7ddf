import { families } from '../core/families/family.ts'
import type { PageFamily } from '../core/page.ts'
import type { ProcessSample } from '../core/process-sample.ts'
import type { Shown } from './series-lines.ts'

/** hearth's own process, under the names that every dashboard for it looks for. */
export const PROCESS_FAMILIES = families({
  process_cpu_seconds_total: {
    type: 'counter',
    help: 'Total user and system CPU time spent in seconds.',
    labels: [],
    unit: 'seconds',
  },
  process_cpu_user_seconds_total: {
    type: 'counter',
    help: 'CPU time spent in user mode in seconds.',
    labels: [],
    unit: 'seconds',
  },
  process_cpu_system_seconds_total: {
    type: 'counter',
    help: 'CPU time spent in the kernel in seconds.',
    labels: [],
    unit: 'seconds',
  },
  process_start_time_seconds: gauge('Start time of the process since unix epoch in seconds.', 'seconds'),
  process_resident_memory_bytes: gauge('Resident memory size in bytes.', 'bytes'),
  process_virtual_memory_bytes: gauge('Virtual memory size in bytes.', 'bytes'),
  process_open_fds: gauge('Number of open file descriptors.'),
  process_max_fds: gauge('Maximum number of open file descriptors.'),
  nodejs_version_info: {
    type: 'info',
    help: 'Version of the Node.js runtime.',
    labels: ['version', 'major', 'minor', 'patch'],
  },
  nodejs_heap_size_total_bytes: gauge('Size of the JavaScript heap in bytes.', 'bytes'),
  nodejs_heap_size_used_bytes: gauge('Used part of the JavaScript heap in bytes.', 'bytes'),
  nodejs_external_memory_bytes: gauge(
    'Memory that JavaScript objects hold outside the heap in bytes.',
    'bytes',
  ),
  nodejs_eventloop_lag_seconds: gauge('Newest measured lag of the event loop.', 'seconds'),
  nodejs_eventloop_lag_mean_seconds: gauge('Mean lag of the event loop since the sample before.', 'seconds'),
  nodejs_eventloop_lag_p50_seconds: gauge('Median lag of the event loop since the sample before.', 'seconds'),
  nodejs_eventloop_lag_p90_seconds: gauge(
    '90th percentile of the lag of the event loop since the sample before.',
    'seconds',
  ),
  nodejs_eventloop_lag_p99_seconds: gauge(
    '99th percentile of the lag of the event loop since the sample before.',
    'seconds',
  ),
  nodejs_active_resources: {
    type: 'gauge',
    help: 'Resources that keep the event loop running, by type.',
    labels: ['type'],
  },
})

export type ProcessFamilyName = keyof typeof PROCESS_FAMILIES

/** The series of a sample; `runtime` holds the version of Node.js, as `v24.1.0` does. */
export function processSeries(sample: ProcessSample, runtime: string): readonly Shown<ProcessFamilyName>[] {
  const lag = sample.eventLoopLagSeconds
  const series: Shown<ProcessFamilyName>[] = [
    { family: 'process_cpu_seconds_total', value: cpuSeconds(sample) },
    { family: 'process_cpu_user_seconds_total', value: sample.cpuUserSeconds },
    { family: 'process_cpu_system_seconds_total', value: sample.cpuSystemSeconds },
    { family: 'process_start_time_seconds', value: sample.startTimeSeconds },
    ...known('process_resident_memory_bytes', sample.residentBytes),
    ...known('process_virtual_memory_bytes', sample.virtualBytes),
    ...known('process_open_fds', sample.openFds),
    ...known('process_max_fds', sample.maxFds),
    ...versionSeries(runtime),
    { family: 'nodejs_heap_size_total_bytes', value: sample.heapTotalBytes },
    { family: 'nodejs_heap_size_used_bytes', value: sample.heapUsedBytes },
    { family: 'nodejs_external_memory_bytes', value: sample.externalBytes },
    { family: 'nodejs_eventloop_lag_seconds', value: lag.last },
    { family: 'nodejs_eventloop_lag_mean_seconds', value: lag.mean },
    { family: 'nodejs_eventloop_lag_p50_seconds', value: lag.p50 },
    { family: 'nodejs_eventloop_lag_p90_seconds', value: lag.p90 },
    { family: 'nodejs_eventloop_lag_p99_seconds', value: lag.p99 },
  ]
  for (const [type, value] of Object.entries(sample.activeResources)) {
    series.push({ family: 'nodejs_active_resources', labels: { type }, value })
  }
  return series
}

/** The six families that Python's client prints of its process, in its order, for drop-ins that had them. */
export function processPage(sample: ProcessSample): readonly PageFamily[] {
  const rows: readonly (readonly [ProcessFamilyName, number | undefined])[] = [
    ['process_virtual_memory_bytes', sample.virtualBytes],
    ['process_resident_memory_bytes', sample.residentBytes],
    ['process_start_time_seconds', sample.startTimeSeconds],
    ['process_cpu_seconds_total', cpuSeconds(sample)],
    ['process_open_fds', sample.openFds],
    ['process_max_fds', sample.maxFds],
  ]
  return rows.flatMap(([name, value]) => (value === undefined ? [] : pageFamily(name, value)))
}

function pageFamily(name: ProcessFamilyName, value: number): PageFamily {
  const { help } = PROCESS_FAMILIES[name]
  if (!name.endsWith('_total')) return { name, help, type: 'gauge', samples: [{ labels: [], value }] }
  const bare = name.slice(0, -'_total'.length)
  return { name: bare, help, type: 'counter', samples: [{ name, labels: [], value }] }
}

function gauge(help: string, unit?: string) {
  return { type: 'gauge', help, labels: [], ...(unit === undefined ? {} : { unit }) } as const
}

/** Microseconds is what the system counts in: no noise below them. */
function cpuSeconds({ cpuUserSeconds, cpuSystemSeconds }: ProcessSample): number {
  return Math.round((cpuUserSeconds + cpuSystemSeconds) * 1e6) / 1e6
}

function known(family: ProcessFamilyName, value: number | undefined): Shown<ProcessFamilyName>[] {
  return value === undefined ? [] : [{ family, value }]
}

function versionSeries(runtime: string): Shown<ProcessFamilyName>[] {
  const [text, major, minor, patch] = /(\d+)\.(\d+)\.(\d+)/.exec(runtime) ?? []
  if (!text || !major || !minor || !patch) return []
  return [{ family: 'nodejs_version_info', labels: { version: `v${text}`, major, minor, patch }, value: 1 }]
}
