/** What went wrong with a device, as the label `kind` of `hearth_device_errors_total` says it. Closed vocabulary. */
export const ERROR_KINDS = [
  'connect',
  'timeout',
  'auth',
  'http_status',
  'rate_limited',
  'framing',
  'checksum',
  'parse',
  'schema',
  'implausible',
  'sensor',
  'other',
] as const

export type ErrorKind = (typeof ERROR_KINDS)[number]

/**
 * A failure that a person can act on.
 *
 * `code` is stable (`HEARTH_PORT_BUSY`), `message` says what happened and where with the value seen,
 * `hint` what to do about it. A stack trace is never shown to a user.
 */
export class HearthError extends Error {
  override readonly name = 'HearthError'
  readonly code: string
  readonly hint: string | undefined
  readonly kind: ErrorKind
  /** How long to wait before the next try, where that is known better than by the usual pauses. */
  readonly retryAfterMs: number | undefined

  constructor(
    code: string,
    message: string,
    more: { hint?: string; kind?: ErrorKind; cause?: unknown; retryAfterMs?: number } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause })
    this.code = code
    this.hint = more.hint
    this.kind = more.kind ?? 'other'
    this.retryAfterMs = more.retryAfterMs
  }
}

/** The message of anything thrown, with the hint where there is one, on one line. */
export function messageOf(error: unknown): string {
  if (error instanceof HearthError) return error.hint ? `${error.message}. ${error.hint}` : error.message
  if (error instanceof Error) return error.message
  return String(error)
}
