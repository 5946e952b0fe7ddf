import type { IncomingMessage, ServerResponse } from 'node:http'

/** What is remembered of pages that were asked for. */
const MOST_PAGES = 10_000

/** How a gateway was asked. */
export interface Seen {
  /** `s` of each page that was asked for, login requests not counted. */
  readonly pages: readonly string[]
  readonly logins: number
  readonly refusedLogins: number
  /** The most requests that waited for an answer at the same moment. A gateway bears one. */
  readonly mostAtOnce: number
  /** Requests that asked to keep their connection open. */
  readonly keptAlive: number
  /** Requests that are neither a login nor a question for a page: hearth must make none. */
  readonly strange: readonly string[]
}

/** Counts and remembers requests. */
export function createWitness() {
  const pages: string[] = []
  const strange: string[] = []
  let logins = 0
  let refusedLogins = 0
  let atOnce = 0
  let mostAtOnce = 0
  let keptAlive = 0
  return {
    arrived({ headers }: IncomingMessage, response: ServerResponse): void {
      if (!/\bclose\b/i.test(headers.connection ?? '')) keptAlive += 1
      let isWaiting = true
      const leave = () => {
        if (isWaiting) atOnce -= 1
        isWaiting = false
      }
      // An answer counts as given once it is handed over: its reader may ask again before this side knows of the end.
      response.once('prefinish', leave)
      response.once('close', leave)
      atOnce += 1
      mostAtOnce = Math.max(mostAtOnce, atOnce)
    },
    page(page: string): void {
      pages.push(page)
      if (pages.length > MOST_PAGES) pages.shift()
    },
    login(isRight: boolean): void {
      logins += 1
      if (!isRight) refusedLogins += 1
    },
    strange(request: string): void {
      if (strange.length < MOST_PAGES) strange.push(request)
    },
    seen: (): Seen => ({
      pages: [...pages],
      logins,
      refusedLogins,
      mostAtOnce,
      keptAlive,
      strange: [...strange],
    }),
  }
}
