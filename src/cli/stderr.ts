import { writeSync } from 'node:fs'
import { codeOf } from '../transport/system-error.ts'

const STDERR = 2
/** How long a reader that lags behind is waited for, before the rest of a line is given up. */
const LONGEST_WAIT_MS = 1_000
const WAIT_MS = 10

/**
 * Writes before it returns, so that nothing is lost when the program ends. A full disk or a closed terminal costs the
 * line, never the program: there is nowhere left to say so.
 */
export function writeToStderr(text: string): void {
  let rest = Buffer.from(text)
  let waited = 0
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(STDERR, rest))
    } catch (error) {
      if (codeOf(error) !== 'EAGAIN' || waited >= LONGEST_WAIT_MS) return
      Atomics.wait(NOBODY_WAKES, 0, 0, WAIT_MS)
      waited += WAIT_MS
    }
  }
}

const NOBODY_WAKES = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
