import type { Comparison } from './measure.ts'

const RATE_UNITS = [
  [1e6, 'M'],
  [1e3, 'k'],
] as const

/** Three digits that matter, without exponent. */
export function digits(value: number): string {
  if (value >= 100) return String(Math.round(value))
  return String(Number(value.toPrecision(3)))
}

export function duration(seconds: number): string {
  if (seconds >= 1) return `${digits(seconds)} s`
  if (seconds >= 1e-3) return `${digits(seconds * 1e3)} ms`
  return `${digits(seconds * 1e6)} µs`
}

export function megabytesPerSecond(bytesPerSecond: number): string {
  return `${digits(bytesPerSecond / 1e6)} MB/s`
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}

export function perSecond(rate: number): string {
  const [factor, letter] = RATE_UNITS.find(([least]) => rate >= 10 * least) ?? [1, '']
  return `${digits(rate / factor)}${letter === '' ? '' : ` ${letter}`}/s`
}

/** The ratio and how far its rounds lay apart. */
export function ratio({ ratio: middle, lowest, highest }: Comparison): string {
  return `${digits(middle)} (${digits(lowest)} to ${digits(highest)})`
}

/** A share of a core as CPU time per minute. */
export function perMinute(share: number): string {
  return duration(share * 60)
}
