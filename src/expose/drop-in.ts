import type { Page, PageFamily, RequestSummary, Site, TextPage } from '../core/page.ts'
import { briefAnswer, keptAnswer } from './answer.ts'
import { gzipBody, type KeptBody, keptBody } from './kept-body.ts'
import { TEXT_CONTENT_TYPE, wantsGzip } from './negotiate.ts'
import { createPageLines, type PageFormat } from './page-lines.ts'
import { pythonAnswersGzip, pythonAnswersOpenMetrics } from './python-negotiate.ts'
import type { Answer, Ask } from './types.ts'

/** The pages of one device's drop-in, answered as its original answers. */
export interface DropIn {
  /** Poll path: takes the newest pages and makes the lines that changed. */
  update(pages: ReadonlyMap<string, Page>): void
  /** Takes the newest families of hearth's own process, for a site that shows them before each page. */
  updateProcess(families: readonly PageFamily[]): void
  answer(path: string, ask: Ask): Answer
}

/** What one page answers at this moment. */
type Shown = (ask: Ask, page: string) => Answer

const PYTHON_OPEN_METRICS = 'application/openmetrics-text; version=0.0.1; charset=utf-8'
const PLAIN_TEXT = 'text/plain; charset=utf-8'

/** Milliseconds of any origin, to time requests. */
export type Stopwatch = () => number

/** Makes the drop-in of a site. */
export function createDropIn(site: Site, stopwatch: Stopwatch = () => 0): DropIn {
  const metricPages = new Map<string, ReturnType<typeof createMetricPage>>()
  const tallies = (site.requestSummaries ?? []).map(asked => ({ asked, count: 0, sumSeconds: 0 }))
  let shown = new Map<string, Shown>()
  let processFamilies: readonly PageFamily[] = []

  return {
    update(pages) {
      shown = new Map([...pages].map(([name, page]) => [name, show(name, page)]))
      for (const name of metricPages.keys()) if (!pages.has(name)) metricPages.delete(name)
    },
    updateProcess(families) {
      if (!site.hasProcessFamilies) return
      processFamilies = families
      for (const page of metricPages.values()) page.setProcess(families)
    },
    answer(path, ask) {
      const route = site.route(path)
      if (route === 'not-found') return notFound(site)
      if ('redirect' in route) return briefAnswer(route.status, { ...site.headers, Location: route.redirect })
      if ('empty' in route) return briefAnswer(200, site.headers)
      const beganAt = stopwatch()
      const name = [route.page, ...(route.otherwise ?? [])].find(each => shown.has(each))
      const page = shown.get(name ?? route.page)
      const answer = page?.(ask, route.page) ?? notFound(site)
      if (tallies.length > 0) tally(route.page, stopwatch() - beganAt)
      return answer
    },
  }

  function tally(page: string, tookMs: number): void {
    for (const each of tallies) {
      if (each.asked.page !== page) continue
      each.count++
      each.sumSeconds += tookMs / 1000
      metricPages.get(each.asked.shownOn)?.setAsked(askedFor(each.asked.shownOn))
    }
  }

  function askedFor(page: string): readonly PageFamily[] {
    return tallies.filter(({ asked }) => asked.shownOn === page).map(summaryFamily)
  }

  function show(name: string, page: Page): Shown {
    switch (page.kind) {
      case 'metrics': {
        const metricPage = metricPages.get(name) ?? createMetricPage(site, processFamilies)
        if (!metricPages.has(name)) metricPage.setAsked(askedFor(name))
        metricPages.set(name, metricPage)
        metricPage.setOwn(page.families)
        return metricPage.answer
      }
      case 'text':
        return text(site, page)
      case 'unavailable':
        return fixed(briefAnswer(503, withType(site, PLAIN_TEXT), `${page.message}\n`))
    }
  }
}

function createMetricPage(site: Site, processAtFirst: readonly PageFamily[]) {
  let process = processAtFirst
  let own: readonly PageFamily[] = []
  let asked: readonly PageFamily[] = []
  const lines = createPageLines(site.flavour)
  const bodies: Readonly<Record<PageFormat, KeptBody>> = {
    text: keptBody(() => lines.render('text')),
    openMetrics: keptBody(() => lines.render('openMetrics')),
  }
  const headers: Readonly<Record<PageFormat, Readonly<Record<string, string>>>> = {
    text: withType(site, TEXT_CONTENT_TYPE),
    openMetrics: withType(site, PYTHON_OPEN_METRICS),
  }
  const answer: Shown = ask => {
    if (site.flavour === 'plain') return keptAnswer(bodies.text, headers.text, false)
    if (site.flavour === 'go') return keptAnswer(bodies.text, headers.text, wantsGzip(ask.acceptEncoding))
    const format = pythonAnswersOpenMetrics(ask.accept) ? 'openMetrics' : 'text'
    const isCompressed = pythonAnswersGzip(ask.acceptEncoding)
    // The Python library overlooks parameters without a value.
    const names = ask.query.getAll('name[]').filter(name => name !== '')
    if (names.length === 0) return keptAnswer(bodies[format], headers[format], isCompressed)
    const filtered = Buffer.from(lines.render(format, new Set(names)), 'utf8')
    const body = { plain: () => filtered, gzip: () => gzipBody(filtered) }
    return keptAnswer(body, headers[format], isCompressed)
  }
  const drop = () => {
    bodies.text.drop()
    bodies.openMetrics.drop()
  }
  const refresh = () => {
    if (lines.update([...process, ...own, ...asked])) drop()
  }
  return {
    answer,
    setProcess(families: readonly PageFamily[]) {
      process = families
      refresh()
    },
    setAsked(families: readonly PageFamily[]) {
      asked = families
      refresh()
    },
    setOwn(families: readonly PageFamily[]) {
      own = families
      refresh()
    },
  }
}

function summaryFamily(tally: {
  readonly asked: RequestSummary
  readonly count: number
  readonly sumSeconds: number
}): PageFamily {
  const { name, help } = tally.asked
  return {
    name,
    help,
    type: 'summary',
    samples: [
      { name: `${name}_sum`, labels: [], value: tally.sumSeconds },
      { name: `${name}_count`, labels: [], value: tally.count },
    ],
  }
}

function text(site: Site, { status = 200, contentType, body }: TextPage): Shown {
  const headers = withType(site, contentType)
  if (typeof body === 'string') return fixed(briefAnswer(status, headers, body))
  return (_, page) => briefAnswer(status, headers, body(page))
}

function fixed(answer: Answer): Shown {
  return () => answer
}

function withType(site: Site, contentType: string): Record<string, string> {
  return { ...site.headers, 'Content-Type': contentType }
}

function notFound(site: Site): Answer {
  if (site.flavour !== 'go') return briefAnswer(404, site.headers)
  const headers = { ...withType(site, PLAIN_TEXT), 'X-Content-Type-Options': 'nosniff' }
  return briefAnswer(404, headers, '404 page not found\n')
}
