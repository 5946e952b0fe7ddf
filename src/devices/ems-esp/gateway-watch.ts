import type { MonotonicMs } from '../../core/clock.ts'
import type { Report } from '../../core/driver.ts'
import { factAt, type SystemDocument } from './system-document.ts'

/** What is watched over the gateway's documents: its memory, its bus, its radio, its sensors, its restarts. */
export interface GatewayWatch {
  observe(document: SystemDocument, at: MonotonicMs, report: Report): Observed
}

export interface Observed {
  /** Why the bus gives nothing; absent while it does. */
  readonly silence?: string
  readonly hasRestarted: boolean
  /** It has not run for long: devices come one by one. */
  readonly isYoung: boolean
}

/** The firmware finds a house's devices, and reads them, in this time. */
const YOUNG_SECONDS = 300

/** The makers call memory critical below these; the fall is said before, and again only after it has recovered. */
const CRITICAL_FREE_KB = 90
const CRITICAL_BLOCK_KB = 45
const FALLEN_SHARE = 0.6
const RECOVERED_SHARE = 0.75

export function createGatewayWatch(place: string, staleAfterMs: number): GatewayWatch {
  const memory = createMemoryWatch(place)
  const telegrams = createTelegramWatch(staleAfterMs)
  const reconnects = createRise()
  const sensorFails = createRise()
  let uptime = -1
  let isConnected = false

  return {
    observe(document, at, report) {
      const seconds = numberAt(document, 'system', 'uptimeSec')
      const hasRestarted = seconds !== undefined && seconds < uptime
      if (seconds !== undefined) uptime = seconds
      if (!isConnected) report.connected()
      isConnected = true
      for (let i = reconnects(numberAt(document, 'network', 'WIFIReconnects')); i > 0; i--) report.connected()
      const fails = sensorFails(
        sum(
          numberAt(document, 'sensor', 'temperatureSensorFails'),
          numberAt(document, 'sensor', 'analogSensorFails'),
        ),
      )
      if (fails > 0) report.trouble('sensor', `${place}: sensors of the gateway failed to be read`, fails)
      memory.observe(document, report, hasRestarted)
      const silence = silenceOf(document, telegrams.isSilent(document, at))
      const isYoung = seconds !== undefined && seconds < YOUNG_SECONDS
      return { hasRestarted, isYoung, ...(silence === undefined ? {} : { silence }) }
    },
  }
}

/** `connected, tx issues ...` is connected: values come, only settings cannot be sent. */
function silenceOf(document: SystemDocument, isStill: boolean): string | undefined {
  const status = factAt(document, 'bus', 'busStatus')
  if (typeof status === 'string' && !status.startsWith('connected')) return `the bus is ${status}`
  return isStill ? 'no telegram comes from the bus' : undefined
}

/** A counter's rise since it was seen last; the first sight and a fall are none. At most what a person would count. */
function createRise(): (value: number | undefined) => number {
  const most = 1_000
  let before: number | undefined
  return value => {
    const rise = value === undefined || before === undefined ? 0 : value - before
    before = value ?? before
    return Math.min(most, Math.max(0, rise))
  }
}

/** A bus that has spoken and is still for as long as values live: its status alone may say connected. */
function createTelegramWatch(staleAfterMs: number) {
  let count: number | undefined
  let since: MonotonicMs | undefined
  let hasMoved = false
  return {
    isSilent(document: SystemDocument, at: MonotonicMs): boolean {
      const now = numberAt(document, 'bus', 'busTelegramsReceived')
      if (now === undefined) return false
      if (now !== count) {
        hasMoved ||= count !== undefined
        count = now
        since = at
      }
      return hasMoved && since !== undefined && at - since >= staleAfterMs
    },
  }
}

function createMemoryWatch(place: string) {
  let most = 0
  let isLow = false
  return {
    observe(document: SystemDocument, report: Report, hasRestarted: boolean): void {
      const free = numberAt(document, 'system', 'freeMem')
      const block = numberAt(document, 'system', 'maxAlloc')
      if (free === undefined) return
      if (hasRestarted) most = 0
      most = Math.max(most, free)
      const isShort = free < CRITICAL_FREE_KB || (block ?? CRITICAL_BLOCK_KB) < CRITICAL_BLOCK_KB
      if (!isLow && (isShort || free < most * FALLEN_SHARE)) {
        isLow = true
        report.trouble(
          'other',
          `${place}: free memory of the gateway has fallen to ${free} kB (largest block ${block ?? 'unknown'}${block === undefined ? '' : ' kB'}); a longer interval spares it`,
        )
      } else if (isLow && !isShort && free >= most * RECOVERED_SHARE) isLow = false
    },
  }
}

function numberAt(document: SystemDocument, section: string, key: string): number | undefined {
  const value = factAt(document, section, key)
  return typeof value === 'number' ? value : undefined
}

function sum(...values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter(value => value !== undefined)
  return known.length === 0 ? undefined : known.reduce((all, value) => all + value, 0)
}
