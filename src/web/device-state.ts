import type { UnixMs } from '../core/clock.ts'
import type { View } from '../core/view.ts'
import { ageWords } from './words.ts'

/** How a device is, in whole sentences for people. */
export interface DeviceState {
  readonly mood: 'good' | 'waiting' | 'bad'
  readonly title: 'Up' | 'Not heard yet' | 'Silent' | 'Trouble'
  readonly detail: string
}

/** Says how a device is; the words say all that colour does. */
export function deviceState(view: View, staleAfterMs: number, now: UnixMs): DeviceState {
  const { isUp, lastSuccessAt, succeeded, failed, trouble } = view.health
  const silentMs = lastSuccessAt === undefined ? undefined : now - lastSuccessAt
  const heard = heardWords(silentMs, view.readings.size)

  if (trouble !== undefined && !isUp)
    return { mood: 'bad', title: 'Trouble', detail: `${sentence(trouble)} ${heard}` }
  if (succeeded + failed === 0)
    return { mood: 'waiting', title: 'Not heard yet', detail: 'hearth waits for its first answer.' }
  if (isUp && (silentMs ?? 0) <= staleAfterMs) return { mood: 'good', title: 'Up', detail: heard }
  return { mood: 'bad', title: 'Silent', detail: heard }
}

function heardWords(silentMs: number | undefined, readings: number): string {
  if (silentMs === undefined) return 'Never heard so far.'
  const heard = `Last heard ${ageWords(silentMs)} ago.`
  return readings === 0 ? `${heard} Its readings are too old and were withdrawn.` : heard
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}
