export const READ_FORMATS = ['table', 'json', 'drop-in', 'unified'] as const

/** In which form `hearth read` prints. */
export type ReadFormat = (typeof READ_FORMATS)[number]
