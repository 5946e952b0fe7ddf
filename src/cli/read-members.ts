import type { Clock } from '../core/clock.ts'
import type { Described, Device, MemberReport, Report } from '../core/driver.ts'
import type { View } from '../core/view.ts'
import { createSlot, type Slot } from '../store/slot.ts'

/** A machine behind a gateway, as it was read. */
export interface ReadMember {
  readonly word: string
  readonly described: Described
  readonly view: View
}

/** Keeps what a gateway's feed tells of the machines behind it, for a command that reads once. */
export function createReadMembers(device: Device, clock: Clock, staleAfterMs: number) {
  const slots = new Map<string, { readonly slot: Slot; readonly described: Described }>()
  const nobody: MemberReport = { update() {}, attempt() {}, trouble() {}, connected() {} }
  const member: Report['member'] = word => {
    const known = slots.get(word)
    if (known) return known.slot
    const described = device.member?.(word)
    if (!described) return nobody
    const outcome: Described['outcome'] = key => described.outcome(key)
    const slot = createSlot({ clock, staleAfterMs, outcome, onChange() {} })
    slots.set(word, { slot, described })
    return slot
  }
  return {
    member,
    views: (): readonly ReadMember[] =>
      [...slots].map(([word, { slot, described }]) => ({ word, described, view: slot.view() })),
    close() {
      for (const { slot } of slots.values()) slot.close()
    },
  }
}

/** One view of a gateway and its machines: their readings under `word/key`. */
export function withMembers(view: View, members: readonly ReadMember[]): View {
  const ofMembers = members.flatMap(({ word, view: { readings } }) =>
    [...readings.values()].map(reading => [`${word}/${reading.key}`, reading] as const),
  )
  const named = ofMembers.map(([key, reading]) => [key, { ...reading, key }] as const)
  return { ...view, readings: new Map([...view.readings, ...named]) }
}
