/** One thing that is wrong with the configuration, and where. Lines and columns count from 1. */
export interface Problem {
  readonly path: string
  readonly line: number
  readonly column: number
  readonly message: string
}

/** A problem whose place is still an offset in the text. */
export interface Finding {
  readonly offset: number
  readonly message: string
}

/** A line and column that a person can go to in an editor. */
export interface Place {
  readonly line: number
  readonly column: number
}

const LONGEST_MESSAGE = 400

/** The problem as `FILE:LINE:COL: message`, which editors and terminals turn into a link. */
export function formatProblem(problem: Problem): string {
  return `${problem.path}:${problem.line}:${problem.column}: ${problem.message}`
}

/** A function that tells the line and column of an offset in `text`; an offset outside is moved inside. */
export function placesOf(text: string): (offset: number) => Place {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return offset => {
    const inside = Math.min(Math.max(offset, 0), text.length)
    let low = 0
    let high = starts.length
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if ((starts[middle] ?? 0) <= inside) low = middle
      else high = middle
    }
    return { line: low + 1, column: inside - (starts[low] ?? 0) + 1 }
  }
}

/** Findings as problems in the order of the file, each said once. */
export function problemsOf(path: string, text: string, findings: readonly Finding[]): readonly Problem[] {
  const placeOf = placesOf(text)
  const problems = findings
    .toSorted((a, b) => a.offset - b.offset)
    .map(({ offset, message }) => ({ path, ...placeOf(offset), message: onOneLine(message) }))
  const seen = new Set<string>()
  return problems.filter(problem => {
    const line = formatProblem(problem)
    return !seen.has(line) && seen.add(line)
  })
}

/** A piece of the file in quotes, short and without line breaks, for use inside a message. */
export function quoted(text: string): string {
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text
  return JSON.stringify(shown)
}

/** A message of one line and of bounded length, whatever a device quoted in it. */
export function onOneLine(message: string): string {
  const line = message.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
  return line.length > LONGEST_MESSAGE ? `${line.slice(0, LONGEST_MESSAGE)}…` : line
}
