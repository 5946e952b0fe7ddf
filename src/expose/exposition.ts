import { FAMILIES, type FamilyName, HOUSE_FAMILIES } from '../core/families/index.ts'
import type { PageFamily } from '../core/page.ts'
import type { Identity } from '../core/reading.ts'
import type { View } from '../core/view.ts'
import { keptAnswer } from './answer.ts'
import { createDropIn, type DropIn, type Stopwatch } from './drop-in.ts'
import { familyPage, type Section } from './family-page.ts'
import type { Format } from './format.ts'
import { healthSeries } from './health-series.ts'
import { type KeptBody, keptBody } from './kept-body.ts'
import { type Negotiated, negotiateFormat, wantsGzip } from './negotiate.ts'
import { openMetricsFormat } from './open-metrics.ts'
import { createPart, type Part } from './part.ts'
import { PROCESS_FAMILIES, processPage, processSeries } from './process-families.ts'
import { remembered } from './remember.ts'
import { readingsJson } from './status.ts'
import { textFormat } from './text.ts'
import type { Answer, Ask, ExposedDevice, Exposition } from './types.ts'

/** What hearth says of itself. */
export interface ExpositionOptions {
  readonly version: string
  readonly revision: string
  /** The runtime with its version, `v24.1.0`. */
  readonly runtime: string
  /** Times requests for drop-ins whose original does so. */
  readonly stopwatch?: Stopwatch
}

/** A page of the unified dialect in every format, each made when it is first asked for. */
interface UnifiedPage {
  answer(ask: Ask): Answer
  drop(): void
}

interface Entry {
  exposed: ExposedDevice
  view: View
  identity: Identity
  readonly part: Part<FamilyName>
  readonly unified: UnifiedPage
  readonly dropIn: DropIn
  readonly status: KeptBody
}

const FORMATS: Readonly<Record<Negotiated['format'], Format>> = {
  text: textFormat,
  openMetrics: openMetricsFormat,
}

/** A request that asks for nothing in particular. */
const NO_WISHES: Ask = { accept: undefined, acceptEncoding: undefined, query: new URLSearchParams() }

const formatFor = remembered(negotiateFormat)
const isGzipWanted = remembered(wantsGzip)

/** Makes the exposition: everything is rendered when it changes and kept as bytes until it changes again. */
export function createExposition(options: ExpositionOptions): Exposition {
  const entries = new Map<string, Entry>()
  const house = createPart(HOUSE_FAMILIES, undefined)
  house.update([{ family: 'hearth_build_info', labels: buildLabels(options), value: 1 }])
  const ownProcess = createPart(PROCESS_FAMILIES, undefined)
  let ownProcessPage: readonly PageFamily[] = []
  const all = createUnifiedPage(() => [
    { table: HOUSE_FAMILIES, parts: [house] },
    { table: FAMILIES, parts: [...entries.values()].map(entry => entry.part) },
    { table: PROCESS_FAMILIES, parts: [ownProcess] },
  ])

  return {
    put(exposed, view) {
      // A device's own code runs first: if it fails, what is shown stays as it was.
      const series = exposed.device.unified(view)
      const pages = exposed.device.pages(view)
      const known = entries.get(exposed.name)
      const entry =
        known?.exposed.device === exposed.device
          ? known
          : createEntry(exposed, view, ownProcessPage, options.stopwatch)
      entry.identity = { ...entry.identity, ...exposed.device.identity(view) }
      const health = healthSeries(exposed, view, entry.identity, entry.part.omitted)
      entries.set(exposed.name, entry)
      entry.exposed = exposed
      entry.view = view
      entry.status.drop()
      entry.dropIn.update(pages)
      if (!entry.part.update([...health, ...series])) return
      entry.unified.drop()
      all.drop()
    },
    remove(name) {
      if (entries.delete(name)) all.drop()
    },
    putProcess(sample) {
      ownProcessPage = processPage(sample)
      for (const { dropIn } of entries.values()) dropIn.updateProcess(ownProcessPage)
      if (ownProcess.update(processSeries(sample, options.runtime))) all.drop()
    },
    metrics: ask => all.answer(ask),
    unified: (name, ask) => entries.get(name)?.unified.answer(ask),
    status(name) {
      const entry = entries.get(name)
      const ownPath = entry?.exposed.device.site.statusPath
      if (entry && ownPath !== undefined) return entry.dropIn.answer(ownPath, NO_WISHES)
      return entry && keptAnswer(entry.status, { 'Content-Type': 'application/json; charset=utf-8' }, false)
    },
    dropIn: (name, path, ask) => entries.get(name)?.dropIn.answer(path, ask),
    devices: () => [...entries.values()].map(({ exposed, view }) => ({ exposed, view })),
  }
}

function createEntry(
  exposed: ExposedDevice,
  view: View,
  processFamilies: readonly PageFamily[],
  stopwatch: Stopwatch | undefined,
): Entry {
  const part = createPart(FAMILIES, exposed.name)
  const dropIn = createDropIn(exposed.device.site, stopwatch)
  dropIn.updateProcess(processFamilies)
  const entry: Entry = {
    exposed,
    view,
    identity: exposed.device.identity(view),
    part,
    unified: createUnifiedPage(() => [{ table: FAMILIES, parts: [part] }]),
    dropIn,
    status: keptBody(() => statusText(entry)),
  }
  return entry
}

function createUnifiedPage(sections: () => readonly Section[]): UnifiedPage {
  const bodies = {
    text: keptBody(() => familyPage(FORMATS.text, sections())),
    openMetrics: keptBody(() => familyPage(FORMATS.openMetrics, sections())),
  }
  return {
    answer(ask) {
      const { format, contentType } = formatFor(ask.accept)
      const headers = { 'Content-Type': contentType, Vary: 'Accept, Accept-Encoding' }
      return keptAnswer(bodies[format], headers, isGzipWanted(ask.acceptEncoding))
    },
    drop() {
      bodies.text.drop()
      bodies.openMetrics.drop()
    },
  }
}

function statusText({ exposed: { name, type, showSerials }, view, identity }: Entry): string {
  return `${JSON.stringify(readingsJson({ name, type, identity }, view, { isMasked: !showSerials }))}\n`
}

function buildLabels({ version, revision, runtime }: ExpositionOptions): Record<string, string> {
  return { version, revision: revision || 'unknown', runtime }
}
