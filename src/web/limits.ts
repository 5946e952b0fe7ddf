/** What a listener grants a client, so that no client can hold or fill it. */
export interface Limits {
  /** All headers of a request together; beyond it 431. */
  readonly headerBytes: number
  /** Request bodies are thrown away unread; beyond this size 413 and the connection ends. */
  readonly bodyBytes: number
  readonly headersTimeoutMs: number
  readonly requestTimeoutMs: number
  /** How often the two timeouts above are looked at. */
  readonly timeoutCheckMs: number
  /** Idle time between two requests of one connection. */
  readonly keepAliveMs: number
  /** A connection on which no byte moves for this long while an answer is under way is cut. */
  readonly slowReaderMs: number
  readonly connections: number
  /** Requests of one connection sent ahead of their answers; a client that sends more at a time is cut. */
  readonly pipelined: number
  /** Time for a refused client to read why before its connection is cut. */
  readonly lingerMs: number
}

/** Room for every real scraper and browser; Prometheus scrapes once a minute by default, hence 65 s between requests. */
export const DEFAULT_LIMITS: Limits = {
  headerBytes: 16_384,
  bodyBytes: 65_536,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 15_000,
  timeoutCheckMs: 2_500,
  keepAliveMs: 65_000,
  slowReaderMs: 30_000,
  connections: 512,
  pipelined: 128,
  lingerMs: 1_000,
}
