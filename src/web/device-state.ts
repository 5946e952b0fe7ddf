import type { UnixMs } from '../core/clock.ts'
import type { View } from '../core/view.ts'
import { ageWords } from './words.ts'

/** How a device is, in words for people. */
export interface DeviceState {
  readonly mood: 'good' | 'waiting' | 'bad'
  readonly title: 'Up' | 'Not heard yet' | 'Silent' | 'Trouble'
  readonly detail: string
}

/** Says how a device is; the words say all that colour does. */
export function deviceState(view: View, staleAfterMs: number, now: UnixMs): DeviceState {
  const { isUp, lastSuccessAt, succeeded, failed, trouble } = view.health
  const heard = lastSuccessAt === undefined ? undefined : now - lastSuccessAt
  const last = heard === undefined ? 'never heard so far' : `last heard ${ageWords(heard)} ago`
  const gone =
    heard !== undefined && view.readings.size === 0 ? '; its readings are too old and were withdrawn' : ''

  if (trouble !== undefined && !isUp)
    return { mood: 'bad', title: 'Trouble', detail: `${trouble} (${last}${gone})` }
  if (succeeded + failed === 0)
    return { mood: 'waiting', title: 'Not heard yet', detail: 'waiting for its first answer' }
  if (isUp && (heard ?? 0) <= staleAfterMs) return { mood: 'good', title: 'Up', detail: last }
  return { mood: 'bad', title: 'Silent', detail: `${last}${gone}` }
}
