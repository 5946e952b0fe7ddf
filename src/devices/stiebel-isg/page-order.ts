import type { StoredReading, View } from '../../core/view.ts'
import { MACHINE_PAGE, PAGES } from './page-list.ts'

/** Fresh readings of the original's pages in the order in which it reads them, whatever page came first this time. */
export function inPageOrder(view: View): readonly StoredReading[] {
  const byPage = Map.groupBy(view.readings.values(), ({ group }) => group)
  return PAGES.flatMap(page => byPage.get(page) ?? [])
}

/** States of the machine's page, which the original does not read. */
export function machineStates(view: View): readonly StoredReading[] {
  return [...view.readings.values()].filter(
    ({ group, value }) => group === MACHINE_PAGE && typeof value === 'boolean',
  )
}
