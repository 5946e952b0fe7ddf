/*
 * How the benchmark was called. While it is being worked on:
 * `npm run bench -- --short` waits a tenth of the time, `npm run bench -- growth isolation` measures only these;
 * neither writes docs/performance.md.
 */

const given = process.argv.slice(2)

/** Rounds are too short for figures to mean much. */
export const isShort = given.includes('--short')

/** Parts asked for by name; none: all. */
export const wantedParts: readonly string[] = given.filter(argument => argument !== '--short')

const SHORTER = 10

/** A length of time, shortened where the whole run is. */
export function lasting(ms: number): number {
  return isShort ? ms / SHORTER : ms
}
