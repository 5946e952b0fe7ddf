/** The format and content type that answer an Accept header. */
export interface Negotiated {
  readonly format: 'text' | 'openMetrics'
  readonly contentType: string
}

/** One entry of an Accept or Accept-Encoding header. */
interface Choice {
  readonly value: string
  readonly parameters: ReadonlyMap<string, string>
  readonly weight: number
}

export const TEXT_CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8'
const OPEN_METRICS = 'application/openmetrics-text'
const DEFAULT_OPEN_METRICS_VERSION = '1.0.0'
const OPEN_METRICS_VERSIONS = ['1.0.0', '0.0.1']
/** A scraper of text 1.0.0 reads 0.0.4 as well: all names here are legal in both. */
const TEXT_VERSIONS = [undefined, '0.0.4', '1.0.0']
/** Longer than any scraper's header; what is longer is not looked at. */
const LONGEST_HEADER = 4096

/** The format of the unified dialect for an Accept header: the highest weight that can be produced, else text 0.0.4. */
export function negotiateFormat(accept: string | undefined): Negotiated {
  let best: Negotiated = { format: 'text', contentType: TEXT_CONTENT_TYPE }
  let bestWeight = 0
  for (const choice of choices(accept)) {
    if (choice.weight <= bestWeight) continue
    const answer = answerFor(choice)
    if (answer === undefined) continue
    best = answer
    bestWeight = choice.weight
  }
  return best
}

/** Whether to answer gzip: it is named, not refused, and not less wanted than the plain body. */
export function wantsGzip(acceptEncoding: string | undefined): boolean {
  const weights = new Map(choices(acceptEncoding).map(({ value, weight }) => [value, weight]))
  const gzip = weights.get('gzip') ?? weights.get('x-gzip')
  const identity = weights.get('identity')
  if (gzip !== undefined) return gzip > 0 && gzip >= (identity ?? 0)
  // "*" names no coding: the plain body will do unless it is refused.
  return identity === 0 && (weights.get('*') ?? 0) > 0
}

function answerFor({ value, parameters }: Choice): Negotiated | undefined {
  const version = parameters.get('version')
  // Names here need no escaping, which is what this scheme says.
  const escaping = parameters.has('escaping') ? '; escaping=underscores' : ''
  if (value === '*/*' || value === 'text/*') return { format: 'text', contentType: TEXT_CONTENT_TYPE }
  if (value === 'text/plain' && TEXT_VERSIONS.includes(version)) {
    return { format: 'text', contentType: TEXT_CONTENT_TYPE + escaping }
  }
  const answered = version ?? DEFAULT_OPEN_METRICS_VERSION
  if (value !== OPEN_METRICS || !OPEN_METRICS_VERSIONS.includes(answered)) return undefined
  return {
    format: 'openMetrics',
    contentType: `${OPEN_METRICS}; version=${answered}; charset=utf-8${escaping}`,
  }
}

function choices(header: string | undefined): Choice[] {
  if (header === undefined || header.length > LONGEST_HEADER) return []
  return splitOutsideQuotes(header, ',').flatMap(entry => parseChoice(entry) ?? [])
}

function parseChoice(entry: string): Choice | undefined {
  const [value = '', ...rest] = splitOutsideQuotes(entry, ';')
  const parameters = new Map<string, string>()
  for (const parameter of rest) {
    const at = parameter.indexOf('=')
    if (at < 0) continue
    parameters.set(parameter.slice(0, at).trim().toLowerCase(), unquote(parameter.slice(at + 1).trim()))
  }
  const q = parameters.get('q') ?? '1'
  if (!/^\d(\.\d*)?$/.test(q)) return undefined
  return { value: value.trim().toLowerCase(), parameters, weight: Math.min(1, Number(q)) }
}

function splitOutsideQuotes(text: string, separator: ',' | ';'): string[] {
  if (!text.includes('"')) return text.split(separator)
  const pieces: string[] = []
  let isQuoted = false
  let start = 0
  for (let i = 0; i < text.length; i++) {
    const character = text[i]
    if (character === '\\' && isQuoted) i++
    else if (character === '"') isQuoted = !isQuoted
    else if (character === separator && !isQuoted) {
      pieces.push(text.slice(start, i))
      start = i + 1
    }
  }
  pieces.push(text.slice(start))
  return pieces
}

function unquote(text: string): string {
  return /^".*"$/.test(text) ? text.slice(1, -1).replace(/\\(.)/g, '$1') : text
}
