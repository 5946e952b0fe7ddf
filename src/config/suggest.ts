/**
 * How many single edits (insert, delete, replace, swap of neighbours) turn one word into the other:
 * the restricted Damerau-Levenshtein distance.
 */
export function editDistance(from: string, to: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= to.length; column += 1) {
      const isSame = from[row - 1] === to[column - 1]
      const isSwap =
        row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
      current.push(
        Math.min(
          (last[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          (last[column - 1] ?? 0) + (isSame ? 0 : 1),
          isSwap ? (beforeLast[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      )
    }
    beforeLast = last
    last = current
  }
  return last[to.length] ?? 0
}

const LONGEST_WORD = 40
const SHORTEST_PART = 3

/** The known word that was most likely meant, if one is near enough to be worth saying. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (word.length > LONGEST_WORD) return undefined
  const wanted = plain(word)
  const ranked = known
    .map(candidate => ({ candidate, distance: editDistance(wanted, plain(candidate)) }))
    .toSorted((a, b) => a.distance - b.distance)
  const best = ranked[0]
  if (best && best.distance <= allowedEdits(wanted)) return best.candidate
  if (wanted.length < SHORTEST_PART) return undefined
  // `isg` for `stiebel-isg`, `serial_port` for `port`: one word inside the other is as good a guess.
  return known.find(candidate => {
    const other = plain(candidate)
    return other.length >= SHORTEST_PART && (other.includes(wanted) || wanted.includes(other))
  })
}

/** `, did you mean "port"?`, or the words that are known when none is near. */
export function suggestion(word: string, known: readonly string[], introduction: string): string {
  const guess = nearest(word, known)
  if (guess !== undefined) return `, did you mean "${guess}"?`
  return known.length > 0 ? `; ${introduction} ${known.join(', ')}` : ''
}

function plain(word: string): string {
  return word.toLowerCase().replaceAll('-', '_')
}

function allowedEdits(word: string): number {
  if (word.length <= 2) return 0
  if (word.length <= 4) return 1
  return word.length <= 8 ? 2 : 3
}
