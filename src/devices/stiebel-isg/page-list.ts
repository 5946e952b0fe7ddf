/** The pages of the original, in its order; on them everything stands that its series are made of. */
export const PAGES = ['1,0', '1,1', '2,0', '2,1', '2,3', '2,4', '4,7'] as const

/** What the compressor of a heat pump manager does; on ventilation units it is the list of faults. The original does not read it. */
export const MACHINE_PAGE = '2,2'

/** A page of the gateway as its address names it: `/?s=1,0`. */
export type PageName = (typeof PAGES)[number] | typeof MACHINE_PAGE

/** Pages that heat pump managers do not have: the machine's page takes the turn of one of them. */
export const PAGES_OF_VENTILATION_UNITS: readonly PageName[] = ['2,1', '2,3']

/** Pages that all heat pump managers have: states, and the analysis of the machine. */
export const PAGES_OF_MANAGERS: readonly PageName[] = ['2,0', '2,4']

/** The page of states. */
export const STATUS_PAGE: PageName = '2,0'
