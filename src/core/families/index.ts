import type { Family } from './family.ts'
import { HEALTH_FAMILIES } from './health.ts'
import { LINK_FAMILIES } from './link.ts'
import { METER_FAMILIES } from './meter.ts'
import { READING_FAMILIES } from './readings.ts'
import { STATE_FAMILIES } from './state.ts'
import { WORK_FAMILIES } from './work.ts'

export type { Family } from './family.ts'
export { HOUSE_FAMILIES } from './house.ts'
export { TARIFFS, type Tariff } from './meter.ts'

/** Every vendor-neutral family, in the order in which pages show them. */
const TABLE = {
  ...HEALTH_FAMILIES,
  ...LINK_FAMILIES,
  ...READING_FAMILIES,
  ...STATE_FAMILIES,
  ...WORK_FAMILIES,
  ...METER_FAMILIES,
}

export type FamilyName = keyof typeof TABLE

export const FAMILIES: Readonly<Record<FamilyName, Family>> = TABLE
