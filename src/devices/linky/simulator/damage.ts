import { type Random, wholeBetween } from '../../../simulation/random.ts'
import { EOT, type Frame, frameText, STX } from './frame.ts'
import { anyOf } from './scene.ts'

/** Bits that the checksum looks at: turning one of them in one character always shows. */
const CHECKED_BITS = [1, 2, 4, 8, 16, 32] as const

/** The frame with one character of one group altered, so that the checksum of this group is wrong. */
export function withBadChecksum(frame: Frame, random: Random): string {
  const chosen = anyOf(random, frame.groups.length)
  return frameText(mapGroup(frame, chosen, group => spoilt(group, random)))
}

/** The frame cut by EOT after one of its groups. */
export function cutAfterGroup({ groups }: Frame, random: Random): string {
  return frameText({ groups: groups.slice(0, wholeBetween(random, 1, groups.length - 1)), end: EOT })
}

/** The frame cut by EOT inside one of its groups. */
export function cutInsideGroup({ groups }: Frame, random: Random): string {
  const kept = anyOf(random, groups.length)
  const torn = groups[kept] ?? ''
  const part = torn.slice(0, wholeBetween(random, 1, torn.length - 2))
  return STX + groups.slice(0, kept).join('') + part + EOT
}

/** What a bad contact, a bad adapter or a full buffer makes of a frame. */
export const GLITCHES: readonly ((frame: Frame, random: Random) => string)[] = [
  function missingReturn(frame, random) {
    return frameText(mapGroup(frame, anyOf(random, frame.groups.length), group => group.slice(0, -1)))
  },
  function fusedGroups(frame, random) {
    const first = anyOf(random, frame.groups.length - 1)
    const head = mapGroup(frame, first, group => group.slice(0, -1))
    return frameText(mapGroup(head, first + 1, group => group.slice(1)))
  },
  function emptyLine(frame, random) {
    return frameText(mapGroup(frame, anyOf(random, frame.groups.length), group => `${group}\n\r`))
  },
  function lostBytes(frame, random) {
    const text = frameText(frame)
    const from = wholeBetween(random, 2, text.length - 8)
    return text.slice(0, from) + text.slice(from + wholeBetween(random, 1, 5))
  },
  function missingChecksum(frame, random) {
    return frameText(mapGroup(frame, anyOf(random, frame.groups.length), group => `${group.slice(0, -3)}\r`))
  },
  function highByte(frame, random) {
    return frameText(mapGroup(frame, anyOf(random, frame.groups.length), group => `\nADCO \xff\xfe${group}`))
  },
  function missingEnd(frame) {
    return frameText({ ...frame, end: '' })
  },
]

function mapGroup(frame: Frame, chosen: number, change: (group: string) => string): Frame {
  return { ...frame, groups: frame.groups.map((group, place) => (place === chosen ? change(group) : group)) }
}

function spoilt(group: string, random: Random): string {
  const covered = group.slice(1, -2)
  const places = [...covered].flatMap((character, place) => (/[ \t]/.test(character) ? [] : [place + 1]))
  const place = places[anyOf(random, places.length)] ?? 1
  const code = group.charCodeAt(place)
  const codes = CHECKED_BITS.map(bit => code ^ bit).filter(changed => changed > 0x20 && changed < 0x7f)
  const changed = codes[anyOf(random, codes.length)] ?? code
  return group.slice(0, place) + String.fromCharCode(changed) + group.slice(place + 1)
}
