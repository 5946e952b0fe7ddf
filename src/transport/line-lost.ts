import { HearthError } from '../core/errors.ts'

/** The line was open and is no more. */
export function lineLost(place: string, why: string, cause?: unknown): HearthError {
  return new HearthError('HEARTH_LINE_LOST', `${place}: the line is lost: ${why}`, { kind: 'connect', cause })
}
