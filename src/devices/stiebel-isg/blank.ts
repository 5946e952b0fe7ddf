/** What the original's language takes for a blank at the ends of a text: no-break spaces and the old line end among them. */
const BLANK = '[\\s\\u0085\\u00a0]'
const ENDS = new RegExp(`^${BLANK}+|${BLANK}+$`, 'g')

/** The text without blanks at its ends. */
export function trimmed(text: string): string {
  return text.replace(ENDS, '')
}
