import { setTimeout as sleep } from 'node:timers/promises'

const BETWEEN_TRIES_MS = 100

/**
 * What `attempt` gives as soon as it gives something; asks again and again until the deadline.
 * @param claim what is waited for, for the message of a failure
 */
export async function until<T>(
  claim: string,
  attempt: () => Promise<T | undefined> | T | undefined,
  timeoutMs = 15_000,
): Promise<T> {
  const end = performance.now() + timeoutMs
  for (;;) {
    const given = await attempt()
    if (given !== undefined) return given
    if (performance.now() > end) throw new Error(`not within ${timeoutMs} ms: ${claim}`)
    await sleep(BETWEEN_TRIES_MS)
  }
}
