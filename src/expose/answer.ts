import type { KeptBody } from './kept-body.ts'
import type { Answer } from './types.ts'

const NO_BODY = Buffer.alloc(0)

/** A kept body as an answer, compressed or not; `headers` come first. */
export function keptAnswer(
  body: Pick<KeptBody, 'plain' | 'gzip'>,
  headers: Readonly<Record<string, string>>,
  isCompressed: boolean,
): Answer {
  if (!isCompressed) return { status: 200, headers, body: body.plain() }
  return { status: 200, headers: { ...headers, 'Content-Encoding': 'gzip' }, body: body.gzip() }
}

/** An answer with a short text, or with none. */
export function briefAnswer(status: number, headers: Readonly<Record<string, string>>, text = ''): Answer {
  return { status, headers, body: text === '' ? NO_BODY : Buffer.from(text, 'utf8') }
}
