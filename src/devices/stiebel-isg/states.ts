import type { Series } from '../../core/series.ts'
import type { StoredReading, View } from '../../core/view.ts'
import { COMPRESSOR, FILTER_CHANGE, type FlagMeaning, HEATING_PUMP, UTILITY_LOCK } from './flag-rules.ts'
import { flagMeaning } from './mapping.ts'
import { labelOf, placeOf } from './names.ts'
import { STATUS_PAGE } from './page-list.ts'

type Activity = Extract<FlagMeaning, { kind: 'activity' }>['state']

/** Of several at once the first counts. */
const ACTIVITIES: readonly Activity[] = ['defrost', 'dhw', 'cooling', 'heating']
const STATUS_HEADINGS: ReadonlySet<string> = new Set(['betriebsstatus', 'operating_status', 'status'])
/** Keys that only ventilation units have: their page of states always can say these. */
const VENTILATION_UNIT =
  /^(?:raumisttemp_hk1|wm_heizen_summe|actual_room_t_hc1|heat_meter_htg_ttl|ww_isttemp)$/
const ALWAYS_SAID: readonly FlagMeaning[] = [COMPRESSOR, HEATING_PUMP, UTILITY_LOCK, FILTER_CHANGE]

/**
 * Flags as series. Those that share a cell are joined: one that is on makes it 1. What the gateway never showed is said to be
 * off only on ventilation units, whose page of states is known, and only while that page is fresh.
 */
export function states(view: View, readings: readonly StoredReading[]): Series[] {
  const flags = readings.flatMap(({ key, value }) => {
    const means = typeof value === 'boolean' ? flagMeaning(key) : undefined
    return means ? [{ means, isOn: value === true }] : []
  })
  const isKnownPage = isStatusOfVentilationUnit(view, readings)
  const isOn = (wanted: (means: FlagMeaning) => boolean) =>
    flags.some(flag => flag.isOn && wanted(flag.means))
  return [
    ...switches(flags, isKnownPage),
    ...activity(flags, isKnownPage, hasFault(flags) === true),
    ...fault(flags, isKnownPage),
    ...season(isOn),
    ...sgReady(flags),
  ]
}

interface Flag {
  readonly means: FlagMeaning
  readonly isOn: boolean
}

function switches(flags: readonly Flag[], isKnownPage: boolean): Series[] {
  const cells = new Map<string, Series & { value: number }>()
  const put = (means: FlagMeaning, isOn: boolean) => {
    if (means.kind !== 'on' || means.family === 'hearth_fault_active') return
    const cell = `${means.family} ${JSON.stringify(means.to)}`
    const before = cells.get(cell)?.value ?? 0
    cells.set(cell, { family: means.family, labels: means.to, value: Math.max(before, Number(isOn)) })
  }
  for (const { means, isOn } of flags) put(means, isOn)
  if (isKnownPage) for (const means of ALWAYS_SAID) put(means, false)
  return [...cells.values()]
}

function activity(flags: readonly Flag[], isKnownPage: boolean, isInFault: boolean): Series[] {
  const said = flags.flatMap(({ means, isOn }) =>
    means.kind === 'activity' ? [{ state: means.state, isOn }] : [],
  )
  if (said.length === 0 && !isKnownPage) return []
  const isLocked = flags.some(
    ({ means, isOn }) => isOn && means.kind === 'on' && means.to['reason'] === UTILITY_REASON,
  )
  const present = ACTIVITIES.find(state => said.some(each => each.isOn && each.state === state))
  const state = isInFault ? 'fault' : isLocked ? 'blocked' : (present ?? 'standby')
  return [{ family: 'hearth_activity', state }]
}

const UTILITY_REASON = UTILITY_LOCK.kind === 'on' ? UTILITY_LOCK.to['reason'] : undefined

/** Undefined where nothing says anything of faults. */
function hasFault(flags: readonly Flag[]): boolean | undefined {
  const faults = flags.filter(({ means }) => means.kind === 'on' && means.family === 'hearth_fault_active')
  if (faults.length > 0) return faults.some(({ isOn }) => isOn)
  const sound = flags.find(({ means }) => means.kind === 'sound')
  return sound && !sound.isOn
}

function fault(flags: readonly Flag[], isKnownPage: boolean): Series[] {
  const isInFault = hasFault(flags) ?? (isKnownPage ? false : undefined)
  return isInFault === undefined ? [] : [{ family: 'hearth_fault_active', value: Number(isInFault) }]
}

function season(isOn: (wanted: (means: FlagMeaning) => boolean) => boolean): Series[] {
  for (const state of ['summer', 'heating'] as const) {
    if (isOn(means => means.kind === 'season' && means.state === state))
      return [{ family: 'hearth_season', labels: { circuit: 'primary' }, state }]
  }
  return []
}

function sgReady(flags: readonly Flag[]): Series[] {
  const present = flags.find(({ means, isOn }) => isOn && means.kind === 'sg_ready')?.means
  return present?.kind === 'sg_ready' ? [{ family: 'hearth_sg_ready', state: present.state }] : []
}

function isStatusOfVentilationUnit({ documents }: View, readings: readonly StoredReading[]): boolean {
  const headings = documents.get(STATUS_PAGE)?.split('\n') ?? []
  if (!headings.some(heading => STATUS_HEADINGS.has(labelOf(heading)))) return false
  return readings.some(({ key }) => VENTILATION_UNIT.test(placeOf(key).label))
}
