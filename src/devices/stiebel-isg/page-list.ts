/** A page of the gateway as its address names it: `/?s=1,0`. */
export type PageName = (typeof PAGES)[number]

/** The pages of the original, in its order; on them everything stands that its series are made of. */
export const PAGES = ['1,0', '1,1', '2,0', '2,1', '2,3', '2,4', '4,7'] as const

/** The page of states. */
export const STATUS_PAGE: PageName = '2,0'
