import {
  numberOf,
  OPEN_METRICS_RULES,
  readSampleLine,
  type SampleLine,
  TEXT_RULES,
  unescaped,
} from './exposition-line.ts'

/** A family as a page says it; `type` is `untyped` or `unknown` where the page says none. */
export interface ParsedFamily {
  readonly name: string
  readonly type: string
  readonly help?: string
  readonly unit?: string
  readonly samples: readonly SampleLine[]
}

type Format = 'text' | 'openMetrics'

interface Draft {
  name: string
  type?: string
  help?: string
  unit?: string
  samples: SampleLine[]
}

/** What each type may add to the family's name on a sample. */
const SUFFIXES: Readonly<Record<Format, Readonly<Record<string, readonly string[]>>>> = {
  text: {
    counter: [''],
    gauge: [''],
    histogram: ['_bucket', '_sum', '_count'],
    summary: ['', '_sum', '_count'],
    untyped: [''],
  },
  openMetrics: {
    counter: ['_total', '_created'],
    gauge: [''],
    histogram: ['_bucket', '_sum', '_count', '_created'],
    gaugehistogram: ['_bucket', '_gsum', '_gcount'],
    stateset: [''],
    info: ['_info'],
    summary: ['', '_sum', '_count', '_created'],
    unknown: [''],
  },
}
const UNTYPED: Readonly<Record<Format, string>> = { text: 'untyped', openMetrics: 'unknown' }
const METADATA = /^# (HELP|TYPE|UNIT) ([a-zA-Z_:][a-zA-Z0-9_:]*)(?: (.*))?$/
const ESCAPED = { text: /^(?:[^\\]|\\[\\n])*$/, openMetrics: /^(?:[^\\"]|\\[\\n"])*$/ }

/** Reads text 0.0.4, shares no code with the renderers, and throws on anything the specification does not allow. */
export function parseText(page: string): readonly ParsedFamily[] {
  if (page === '') return []
  if (!page.endsWith('\n')) throw new Error('the last line has no line end')
  return parseLines(page.slice(0, -1).split('\n'), 'text')
}

/** Reads OpenMetrics 1.0 just as strictly; exemplars, which hearth has none of, are refused. */
export function parseOpenMetrics(page: string): readonly ParsedFamily[] {
  const lines = page.replace(/\n$/, '').split('\n')
  if (lines.pop() !== '# EOF') throw new Error('the page does not end with # EOF')
  return parseLines(lines, 'openMetrics')
}

function parseLines(lines: readonly string[], format: Format): ParsedFamily[] {
  const drafts = new Map<string, Draft>()
  let current: Draft | undefined
  const series = new Set<string>()

  const enter = (name: string): Draft => {
    if (current?.name === name) return current
    if (drafts.has(name)) throw new Error(`family ${name} is in two places`)
    current = { name, samples: [] }
    drafts.set(name, current)
    return current
  }

  lines.forEach((line, index) => {
    try {
      readLine(line)
    } catch (error) {
      throw new Error(`line ${index + 1}: ${error instanceof Error ? error.message : error}: ${line}`)
    }
  })
  for (const draft of drafts.values()) checkFamily(draft, format)
  return [...drafts.values()].map(draft => ({ ...draft, type: draft.type ?? UNTYPED[format] }))

  function readLine(line: string): void {
    if (/[\r\0]/.test(line)) throw new Error('a control character')
    if (line.startsWith('#')) readComment(line)
    else if (line !== '' || format === 'openMetrics') readSample(line)
  }

  function readSample(line: string): void {
    const sample = readSampleLine(line, format === 'text' ? TEXT_RULES : OPEN_METRICS_RULES)
    const key = `${sample.name}${[...sample.labels].sort().map(pair => JSON.stringify(pair))}`
    if (series.has(key)) throw new Error('this series is there twice')
    series.add(key)
    familyOf(sample.name).samples.push(sample)
  }

  function familyOf(sampleName: string): Draft {
    const family = current
    if (family && suffixesOf(family, format).some(suffix => family.name + suffix === sampleName))
      return family
    return enter(sampleName)
  }

  function readComment(line: string): void {
    const [, word, name, text = ''] = METADATA.exec(line) ?? []
    if (word === undefined || name === undefined || (word === 'UNIT' && format === 'text')) {
      if (format === 'openMetrics' || /^# (HELP|TYPE) /.test(line)) throw new Error('a comment that is none')
      return
    }
    const family = enter(name)
    if (family.samples.length > 0) throw new Error(`${word} after a sample`)
    if (word === 'TYPE') {
      if (family.type !== undefined) throw new Error('TYPE twice')
      if (!Object.hasOwn(SUFFIXES[format], text)) throw new Error(`no such type: ${text}`)
      family.type = text
    } else if (word === 'HELP') {
      if (family.help !== undefined) throw new Error('HELP twice')
      if (!ESCAPED[format].test(text)) throw new Error('a wrong escape in HELP')
      family.help = unescaped(text)
    } else {
      if (family.unit !== undefined) throw new Error('UNIT twice')
      if (text !== '' && !name.endsWith(`_${text}`)) throw new Error('UNIT does not end the name')
      family.unit = text
    }
  }
}

function suffixesOf({ type }: Draft, format: Format): readonly string[] {
  return SUFFIXES[format][type ?? UNTYPED[format]] ?? []
}

function checkFamily(draft: Draft, format: Format): void {
  const { name, type, samples } = draft
  const fail = (what: string): never => {
    throw new Error(`family ${name}: ${what}`)
  }
  const suffixes = suffixesOf(draft, format)
  for (const { name: sampleName, labels } of samples) {
    if (!suffixes.some(suffix => name + suffix === sampleName)) fail(`${sampleName} is no sample of its type`)
    const isBucket = type?.endsWith('histogram') && sampleName.endsWith('_bucket')
    if (labels.has('le') !== Boolean(isBucket)) fail('le belongs to buckets')
    if (labels.has('quantile') !== (type === 'summary' && sampleName === name))
      fail('quantile belongs to summaries')
  }
  if (type === 'histogram') checkHistogram(draft, format, fail)
  if (format === 'text') return
  if (draft.unit && (type === 'info' || type === 'stateset')) fail('has a unit')
  if (type === 'info' && samples.some(({ value }) => value !== 1)) fail('info is 1')
  if (type === 'counter' && samples.some(({ value }) => !(value >= 0))) fail('a counter below 0 or NaN')
  if (type === 'stateset') checkStateSet(draft, fail)
  checkTogether(draft, fail)
}

function checkHistogram(draft: Draft, format: Format, fail: (what: string) => never): void {
  for (const points of byMetric(draft).values()) {
    const one = (suffix: string) => points.find(point => point.name === draft.name + suffix)?.value
    const buckets = points.filter(point => point.name.endsWith('_bucket'))
    const bounds = buckets.map(({ labels }) => labels.get('le') ?? '')
    if (format === 'openMetrics' && bounds.some(le => !/[.e]|Inf/.test(le))) fail('a bound is not canonical')
    if (bounds.at(-1) !== '+Inf') fail('no bucket +Inf')
    for (let i = 1; i < buckets.length; i++) {
      if (!(numberOf(bounds[i] ?? '') > numberOf(bounds[i - 1] ?? ''))) fail('bounds do not ascend')
      if (!((buckets[i]?.value ?? 0) >= (buckets[i - 1]?.value ?? 0))) fail('counts do not ascend')
    }
    if (one('_sum') === undefined || one('_count') === undefined) fail('no _sum or no _count')
    if (one('_count') !== buckets.at(-1)?.value) fail('_count is not the bucket +Inf')
  }
}

/** As an enumeration: of the states of one set exactly one is 1. */
function checkStateSet(draft: Draft, fail: (what: string) => never): void {
  for (const states of byMetric(draft).values()) {
    if (states.some(({ labels }) => !labels.has(draft.name))) fail('a state without its label')
    if (states.some(({ value }) => value !== 0 && value !== 1)) fail('a state is 0 or 1')
    if (states.filter(({ value }) => value === 1).length !== 1) fail('not exactly one state is 1')
  }
}

/** The lines of one metric stand together. */
function checkTogether(draft: Draft, fail: (what: string) => never): void {
  const seen = new Set<string>()
  let last: string | undefined
  for (const sample of draft.samples) {
    const key = metricKey(draft, sample)
    if (key !== last && seen.has(key)) fail('the lines of one metric are apart')
    seen.add(key)
    last = key
  }
}

function byMetric(draft: Draft): Map<string, SampleLine[]> {
  return Map.groupBy(draft.samples, sample => metricKey(draft, sample))
}

/** The labels that tell one metric of a family from another. */
function metricKey({ name, type }: Draft, { labels }: SampleLine): string {
  const inner = new Set(['le', 'quantile', ...(type === 'stateset' ? [name] : [])])
  return JSON.stringify([...labels].filter(([label]) => !inner.has(label)).sort())
}
