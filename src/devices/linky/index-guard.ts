/*
 * One damaged group in 64 passes the six-bit checksum, and a wrong index would stay in a counter for ever.
 * So an index may not go back, and may not go further on than the contract could have drawn.
 */

/** Room for what the clock cannot tell: whole Wh, frames that queue up behind a slow line. */
const SLACK_WH = 10
/** Meters let more than the subscribed power pass for a while. */
const HEADROOM = 1.5
/** Where the subscribed power is not known: the largest contract of these meters. */
const LARGEST_CONTRACT_VA = 36_000
/** Refused readings in a row that agree with one another: then the meter was exchanged, not damaged. */
const AGREEING_REFUSALS = 3
const MS_PER_HOUR = 3_600_000

interface Seen {
  readonly value: number
  readonly atMs: number
}

interface Track {
  accepted: Seen | undefined
  refused: Seen[]
}

export interface IndexGuard {
  /**
   * Whether an index can be true.
   * @param valueWh the index, Wh (or varh)
   * @param atMs time at which it came, on a clock that never goes back (in a capture: its bytes at line speed)
   */
  accepts(label: string, valueWh: number, atMs: number): boolean
  /** The subscribed power, from which follows how far an index can move. */
  setSubscribedPower(voltAmperes: number): void
}

/** Makes the guard of one meter; it lives as long as the device, over lost connections. */
export function createIndexGuard(): IndexGuard {
  const tracks = new Map<string, Track>()
  let subscribedVa = LARGEST_CONTRACT_VA

  const canFollow = (earlier: Seen, later: Seen): boolean => {
    const hours = Math.max(0, later.atMs - earlier.atMs) / MS_PER_HOUR
    const step = later.value - earlier.value
    return step >= 0 && step <= subscribedVa * hours * HEADROOM + SLACK_WH
  }

  return {
    accepts(label, value, atMs) {
      const seen = { value, atMs }
      const track = tracks.get(label) ?? { accepted: undefined, refused: [] }
      tracks.set(label, track)
      if (!track.accepted || canFollow(track.accepted, seen)) {
        track.accepted = seen
        track.refused = []
        return true
      }
      const previous = track.refused.at(-1)
      const agrees = previous !== undefined && canFollow(previous, seen)
      if (!agrees || track.refused.length < AGREEING_REFUSALS) {
        track.refused = agrees ? [...track.refused, seen] : [seen]
        return false
      }
      track.accepted = seen
      track.refused = []
      return true
    },
    setSubscribedPower(voltAmperes) {
      if (voltAmperes > 0) subscribedVa = voltAmperes
    },
  }
}
