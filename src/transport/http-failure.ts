import { type ErrorKind, HearthError } from '../core/errors.ts'
import { codeOf } from './system-error.ts'

interface Circumstances {
  readonly isLate: boolean
  readonly isAborted: boolean
  readonly deadlineMs: number
}

/** What the system's code means for a person, and what to do. */
const MEANINGS: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  ECONNREFUSED: [
    'refused the connection',
    'Check that the device is on and that the address and port are right',
  ],
  ENOTFOUND: ['has a name that is not known', 'Check the name, or write the address in numbers'],
  EAI_AGAIN: ['has a name that cannot be looked up now', 'Check the network and its name server'],
  EHOSTUNREACH: ['cannot be reached', 'Check the network between here and there'],
  ENETUNREACH: ['cannot be reached', 'Check the network between here and there'],
  ETIMEDOUT: ['does not answer', 'Check the address and the network'],
  ECONNRESET: ['closed the connection before an answer', 'It is tried again by itself'],
  EPIPE: ['closed the connection before an answer', 'It is tried again by itself'],
}

/** The HearthError of a failed question. It names host and path only: the query, headers and body may hold secrets. */
export function httpFailure(error: unknown, url: URL, at: Circumstances): HearthError {
  const place = `${url.host}${url.pathname}`
  const make = (code: string, message: string, kind: ErrorKind, hint?: string) =>
    new HearthError(code, message, { kind, ...(hint ? { hint } : {}), cause: error })
  if (at.isAborted) return make('HEARTH_ENDED', `${place}: not asked any more, hearth is ending`, 'other')
  if (at.isLate)
    return make(
      'HEARTH_HTTP_TIMEOUT',
      `${place}: no whole answer within ${at.deadlineMs / 1000} s`,
      'timeout',
    )
  if (error instanceof HearthError)
    return make(error.code, `${place}: ${error.message}`, error.kind, error.hint)
  const code = codeOf(error) ?? ''
  const meaning = MEANINGS[code]
  if (meaning) return make('HEARTH_HTTP_CONNECT', `${place} ${meaning[0]} (${code})`, 'connect', meaning[1])
  if (code.startsWith('HPE_'))
    return make('HEARTH_HTTP_FRAMING', `${place}: what came is no whole HTTP answer (${code})`, 'framing')
  if (/CERT|SSL|TLS/.test(code) || code.startsWith('ERR_TLS'))
    return make(
      'HEARTH_HTTP_TLS',
      `${place}: its certificate was refused (${code})`,
      'connect',
      'Check the address and the clock of this machine',
    )
  const text = error instanceof Error ? error.message : String(error)
  if (text === 'aborted') return make('HEARTH_ANSWER_CUT', `${place}: the answer ended early`, 'framing')
  return make('HEARTH_HTTP_CONNECT', `${place} cannot be asked (${code || text})`, 'connect')
}
