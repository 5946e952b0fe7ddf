/** Scrapers send the same header each time; what comes after this many different ones starts anew. */
const MOST_REMEMBERED = 32
const LONGEST_REMEMBERED = 512

/** A pure function of a header that keeps its last answers: reading an Accept header costs as much as answering it. */
export function remembered<T>(work: (header: string | undefined) => T): (header: string | undefined) => T {
  const known = new Map<string, T>()
  return header => {
    if (header === undefined || header.length > LONGEST_REMEMBERED) return work(header)
    const before = known.get(header)
    if (before !== undefined) return before
    const answer = work(header)
    if (known.size >= MOST_REMEMBERED) known.clear()
    known.set(header, answer)
    return answer
  }
}
