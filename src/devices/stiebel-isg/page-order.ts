import type { StoredReading, View } from '../../core/view.ts'
import { PAGES } from './page-list.ts'

/** Fresh readings in the order in which the original reads them, whatever page came first this time. */
export function inPageOrder({ readings }: View): readonly StoredReading[] {
  const byPage = Map.groupBy(readings.values(), ({ group }) => group)
  return PAGES.flatMap(page => byPage.get(page) ?? [])
}
