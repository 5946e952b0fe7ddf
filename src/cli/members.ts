import type { Clock } from '../core/clock.ts'
import type { Device, MemberReport, Report } from '../core/driver.ts'
import type { Log } from '../core/log.ts'
import type { View } from '../core/view.ts'
import type { ExposedDevice } from '../expose/types.ts'
import { createSlot, type Slot } from '../store/slot.ts'

/** More machines than any gateway has; a word beyond is told nothing and shown nowhere. */
const MOST_MEMBERS = 50
const NOBODY: MemberReport = { update() {}, attempt() {}, trouble() {}, connected() {} }

export interface MembersOptions {
  /** The gateway as it is shown. */
  readonly gateway: () => ExposedDevice
  readonly device: Device
  readonly clock: Clock
  readonly log: Log
  /** A device of this name is configured: the machine cannot have it. */
  isTaken(name: string): boolean
  show(exposed: ExposedDevice, view: () => View): void
}

/** The machines behind one gateway, each with its own readings and health. */
export interface Members {
  /** The slot of a machine, made by its first report. */
  member: Report['member']
  /** Names of the machines, as they are shown. */
  names(): readonly string[]
  /** Ends the machine of this name: a device that is configured under it has it now. */
  giveUp(name: string): void
  /** Shows all again, after a change of how they are shown. */
  showAll(): void
  close(): void
}

export function createMembers(options: MembersOptions): Members {
  const { gateway, device, clock, log, isTaken, show } = options
  const members = new Map<string, { readonly slot: Slot; readonly exposed: () => ExposedDevice }>()
  const refused = new Set<string>()
  let isClosed = false

  function refuse(name: string, why: string): MemberReport {
    if (!refused.has(name) && refused.size < MOST_MEMBERS) {
      log.error(`"${name}" is not shown: ${why}`)
      refused.add(name)
    }
    return NOBODY
  }

  return {
    member(word) {
      const known = members.get(word)
      if (known) return known.slot
      if (isClosed) return NOBODY
      const name = `${gateway().name}-${word}`
      const described = device.member?.(word)
      if (!described) return refuse(name, 'its gateway does not know what it is')
      if (isTaken(name))
        return refuse(name, 'a device of this name is configured; give that one another name')
      if (members.size >= MOST_MEMBERS)
        return refuse(name, `${MOST_MEMBERS} machines behind a gateway are the most`)
      const exposed = () => ({ ...gateway(), name, device: described })
      const slot = createSlot({
        clock,
        staleAfterMs: described.staleAfterMs,
        outcome: key => described.outcome(key),
        onChange: view => show(exposed(), view),
      })
      members.set(word, { slot, exposed })
      show(exposed(), slot.view)
      return slot
    },
    names: () => [...members.values()].map(({ exposed }) => exposed().name),
    giveUp(name) {
      for (const [word, { slot, exposed }] of members) {
        if (exposed().name !== name) continue
        slot.close()
        members.delete(word)
      }
    },
    showAll() {
      for (const { slot, exposed } of members.values()) show(exposed(), slot.view)
    },
    close() {
      isClosed = true
      for (const { slot } of members.values()) slot.close()
    },
  }
}
