/** One request to a device or a cloud. */
export interface HttpRequest {
  /** Default GET. hearth only reads: POST is for logins and for questions that a service takes as a form. */
  readonly method?: 'GET' | 'POST'
  /** The whole address, query included, exactly as it goes on the wire. */
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

/** An answer that arrived whole, whatever its status. Redirects are answers too: nothing is followed. */
export interface HttpAnswer {
  readonly status: number
  /** By lower-case name; headers that came more than once are joined with a comma. */
  readonly headers: Readonly<Record<string, string>>
  /** The Set-Cookie headers, one each: they cannot be joined. */
  readonly setCookies: readonly string[]
  readonly body: Uint8Array
}

/** How a device wants to be asked. */
export interface HttpOptions {
  /** Longest time from the request to the end of the answer, connecting included. */
  readonly deadlineMs: number
  /** Keep connections open between requests. A device that drops idle connections is better asked without. */
  readonly keepAlive: boolean
  /** Longest answer taken. Default 2 MiB. */
  readonly mostBytes?: number
}

/**
 * Asks over HTTP or HTTPS, one connection at a time.
 *
 * `ask` resolves with an answer that is complete by its own headers. It throws a HearthError that names host and path
 * (never the query, headers or body, which may hold secrets):
 * - kind `connect`: name not found, refused, unreachable, reset before an answer, TLS refused;
 * - kind `timeout`: no complete answer within the deadline;
 * - kind `framing`: the answer ended early, is longer than allowed, or is no HTTP.
 * An abort of `signal` rejects at once with kind `other`.
 */
export interface HttpClient {
  ask(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer>
  /** Ends open connections. */
  close(): void
}
