/** What the cloud is asked, its body whole. */
export interface Asked {
  readonly method: string
  /** Path and query. */
  readonly url: string
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: string
}

/** How an answer ends on the wire. */
export type Ending =
  | 'whole'
  /** Announced whole; half of it comes, then the connection ends. */
  | 'cut'
  /** Half of it comes, and then nothing more. */
  | 'stalled'
  /** The connection is reset in place of an answer. */
  | 'reset'
  /** Nothing ever comes. */
  | 'silent'

/** An answer, faults included. */
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** Set-Cookie headers, one each. */
  readonly setCookies: readonly string[]
  readonly body: string | Uint8Array
  /** Real milliseconds until it begins. */
  readonly afterMs: number
  readonly ending: Ending
}

/** A page of the cloud's web site. */
export function htmlReply(status: number, title: string, more: Partial<Reply> = {}): Reply {
  return {
    status,
    headers: { 'Content-Type': 'text/html; charset=UTF-8' },
    setCookies: [],
    body: `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`,
    afterMs: 0,
    ending: 'whole',
    ...more,
  }
}

/** An answer of the data interface. Nobody tells its type: what PHP says by itself is the harder for a reader. */
export function dataReply(body: string): Reply {
  return htmlReply(200, '', { body })
}
