import { HearthError } from '../../core/errors.ts'

/** A sample line of the gateway's own text. */
export interface Sample {
  readonly name: string
  /** In the order of the line. */
  readonly labels: readonly (readonly [name: string, value: string])[]
  readonly value: number
  /** What the HELP line of its name says. */
  readonly help: string
}

const METADATA = /^# (HELP|TYPE) (emsesp_[a-z0-9_]*) (.*)$/
const SAMPLE = /^(emsesp_[a-z0-9_]*)(?:\{(.*)\})? (-?\d{1,12}(?:\.\d\d)?)$/
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\[\\"n])*)"(?:, |$)/y
/** What no line holds: characters of control. A name that someone gave may hold any other. */
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f\ufffd]/

/**
 * Reads a text as the gateway writes it and refuses what the gateway cannot have written: such a text was damaged on its
 * way, and none of it is used. The gateway writes HELP and TYPE before the first sample of a name, and everything is a gauge.
 */
export function readLines(text: string, what: string): readonly Sample[] {
  const damaged = (line: number, why: string) =>
    new HearthError('HEARTH_ANSWER_DAMAGED', `${what}: line ${line} of the answer is damaged: ${why}`, {
      kind: 'parse',
    })
  const helps = new Map<string, string>()
  const typed = new Set<string>()
  const seen = new Set<string>()
  const samples: Sample[] = []
  const lines = text.split('\n')
  // Every line ends with one. Without it the last value may have lost its last digits: 3011.50 and 3 are both numbers.
  if (lines.pop() !== '') throw damaged(lines.length + 1, 'its end is missing')
  for (const [i, line] of lines.entries()) {
    const at = i + 1
    if (CONTROL.test(line)) throw damaged(at, 'it holds characters that no text has')
    const metadata = METADATA.exec(line)
    if (metadata) {
      const [, keyword, name = '', rest = ''] = metadata
      if (keyword === 'HELP') {
        if (helps.has(name)) throw damaged(at, `a second HELP of ${name}`)
        if (!/^(?:[^\\]|\\[\\n])*$/.test(rest)) throw damaged(at, 'a HELP that ends in the middle')
        helps.set(name, rest)
        continue
      }
      if (rest !== 'gauge' || !helps.has(name) || typed.has(name)) throw damaged(at, 'a TYPE out of place')
      typed.add(name)
      continue
    }
    const sample = SAMPLE.exec(line)
    if (!sample) throw damaged(at, 'it is neither metadata nor a sample')
    const [series, name = '', labelText, number] = [line.slice(0, line.lastIndexOf(' ')), ...sample.slice(1)]
    const help = typed.has(name) ? helps.get(name) : undefined
    if (help === undefined) throw damaged(at, `a sample of ${name} before its HELP and TYPE`)
    if (seen.has(series)) throw damaged(at, `${series} is there twice`)
    seen.add(series)
    const labels = labelsOf(labelText)
    if (!labels) throw damaged(at, 'labels that cannot be read')
    samples.push({ name, labels, value: Number(number), help })
  }
  if (samples.length === 0) throw damaged(1, 'it is empty')
  const sampled = new Set(samples.map(({ name }) => name))
  const bare = [...helps.keys()].find(name => !sampled.has(name))
  if (bare !== undefined) throw damaged(lines.length, `${bare} has no sample: the end is missing`)
  return samples
}

function labelsOf(text: string | undefined): [string, string][] | undefined {
  if (text === undefined) return []
  const labels: [string, string][] = []
  LABEL.lastIndex = 0
  while (LABEL.lastIndex < text.length) {
    const match = LABEL.exec(text)
    if (!match) return undefined
    const [, name = '', value = ''] = match
    if (labels.some(([other]) => other === name)) return undefined
    labels.push([name, value])
  }
  return labels.length === 0 || /, $/.test(text) ? undefined : labels
}

/** A HELP text as it was before it was escaped. */
export function unescapeHelp(help: string): string {
  return help.replace(/\\([\\n])/g, (_, char: string) => (char === 'n' ? '\n' : '\\'))
}
