import type { Answer } from '../expose/types.ts'

const PLAIN = {
  'Content-Type': 'text/plain; charset=utf-8',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
} as const

/** A short message for people; ends with a line feed. */
export function textAnswer(
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return { status, headers: { ...PLAIN, ...headers }, body: Buffer.from(`${text}\n`) }
}

/** The answer where a handler failed; the reason is in the log only. */
export const FAILED = textAnswer(500, 'hearth could not make this answer; its log says why.')

/** The answer to a path whose percent-encoding is broken. */
export const BAD_PATH = textAnswer(
  400,
  'This path is not valid: each % must be followed by two hexadecimal digits.',
)
