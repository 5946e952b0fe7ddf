import { FAMILIES, type FamilyName, HOUSE_FAMILIES } from '../core/families/index.ts'
import type { PageFamily } from '../core/page.ts'
import type { ProcessSample } from '../core/process-sample.ts'
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
import { type Answer, type Ask, type ExposedDevice, type Exposition, type Newest, newestOf } from './types.ts'

/** What hearth says of itself. */
export interface ExpositionOptions {
  readonly version: string
  readonly revision: string
  /** The runtime with its version, `v24.1.0`. */
  readonly runtime: string
  /** Times requests for drop-ins whose original does so, and tells when anybody last asked; without it nothing is rendered ahead. */
  readonly stopwatch?: Stopwatch
  /** A device's own code failed: what is shown of it stays as it was. */
  onFailure?(device: string, error: unknown): void
}

/** A page of the unified dialect in every format, each made when it is first asked for. */
interface UnifiedPage {
  answer(ask: Ask): Answer
  drop(): void
}

/** A device has changed since it was rendered. */
interface Change {
  readonly exposed: ExposedDevice
  readonly view: Newest<View>
}

/** A device in its place: what was rendered of it, and what has come since. */
interface Place {
  entry: Entry | undefined
  change: Change | undefined
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

/** Who asked so lately will ask again: Prometheus calls a target stale after five minutes. */
const ASKED_LATELY_MS = 300_000

/** A request that asks for nothing in particular. */
const NO_WISHES: Ask = { accept: undefined, acceptEncoding: undefined, query: new URLSearchParams() }

const formatFor = remembered(negotiateFormat)
const isGzipWanted = remembered(wantsGzip)

/**
 * Makes the exposition: everything is rendered at most once per change and kept as bytes. While somebody asks now and then, that
 * is done with the change, so that no request waits for it; while nobody does, with the next request.
 */
export function createExposition(options: ExpositionOptions): Exposition {
  const places = new Map<string, Place>()
  const changed = new Set<string>()
  const house = createPart(HOUSE_FAMILIES, undefined)
  house.update([{ family: 'hearth_build_info', labels: buildLabels(options), value: 1 }])
  const ownProcess = createPart(PROCESS_FAMILIES, undefined)
  let ownProcessPage: readonly PageFamily[] = []
  let newProcess: Newest<ProcessSample> | undefined
  const { stopwatch } = options
  let lastAskedAt = Number.NEGATIVE_INFINITY
  const all = createUnifiedPage(() => [
    { table: HOUSE_FAMILIES, parts: [house] },
    { table: FAMILIES, parts: entries().map(entry => entry.part) },
    { table: PROCESS_FAMILIES, parts: [ownProcess] },
  ])

  function entries(): readonly Entry[] {
    return [...places.values()].flatMap(({ entry }) => entry ?? [])
  }

  function noteAsking(): void {
    if (stopwatch) lastAskedAt = stopwatch()
  }

  function isAskedLately(): boolean {
    return stopwatch !== undefined && stopwatch() - lastAskedAt < ASKED_LATELY_MS
  }

  /** The device as it is now. */
  function newest(name: string): Entry | undefined {
    const place = places.get(name)
    const change = place?.change
    if (place === undefined || change === undefined) return place?.entry
    place.change = undefined
    changed.delete(name)
    try {
      place.entry = rendered(change, place.entry)
    } catch (error) {
      options.onFailure?.(name, error)
    }
    return place.entry
  }

  function observe({ exposed: { name, device }, view }: Change): void {
    try {
      if (device.observe) device.observe(newestOf(view))
    } catch (error) {
      options.onFailure?.(name, error)
    }
  }

  function rendered({ exposed, view: newView }: Change, known: Entry | undefined): Entry {
    const view = newestOf(newView)
    // A device's own code runs first: if it fails, what is shown stays as it was.
    const series = exposed.device.unified(view)
    const pages = exposed.device.pages(view)
    const entry =
      known?.exposed.device === exposed.device ? known : createEntry(exposed, view, ownProcessPage, stopwatch)
    entry.identity = { ...entry.identity, ...exposed.device.identity(view) }
    const health = healthSeries(exposed, view, entry.identity, entry.part.omitted)
    entry.exposed = exposed
    entry.view = view
    entry.status.drop()
    entry.dropIn.update(pages)
    if (entry.part.update([...health, ...series]) || entry !== known) {
      entry.unified.drop()
      all.drop()
    }
    return entry
  }

  function takeProcess(): void {
    if (newProcess === undefined) return
    const sample = newestOf(newProcess)
    newProcess = undefined
    ownProcessPage = processPage(sample)
    for (const { dropIn } of entries()) dropIn.updateProcess(ownProcessPage)
    if (ownProcess.update(processSeries(sample, options.runtime))) all.drop()
  }

  function takeAll(): void {
    takeProcess()
    for (const name of changed) newest(name)
  }

  return {
    put(exposed, view) {
      const { name } = exposed
      const change = { exposed, view }
      const place = places.get(name)
      if (place) place.change = change
      else places.set(name, { entry: undefined, change })
      changed.add(name)
      observe(change)
      if (isAskedLately()) newest(name)
    },
    remove(name) {
      changed.delete(name)
      if (places.delete(name)) all.drop()
    },
    putProcess(sample) {
      newProcess = sample
      if (isAskedLately()) takeProcess()
    },
    refresh: takeAll,
    metrics(ask) {
      noteAsking()
      takeAll()
      return all.answer(ask)
    },
    unified(name, ask) {
      noteAsking()
      return newest(name)?.unified.answer(ask)
    },
    status(name) {
      noteAsking()
      const entry = newest(name)
      const ownPath = entry?.exposed.device.site.statusPath
      if (entry && ownPath !== undefined) return entry.dropIn.answer(ownPath, NO_WISHES)
      return entry && keptAnswer(entry.status, { 'Content-Type': 'application/json; charset=utf-8' }, false)
    },
    dropIn(name, path, ask) {
      noteAsking()
      takeProcess()
      return newest(name)?.dropIn.answer(path, ask)
    },
    devices() {
      noteAsking()
      takeAll()
      return entries().map(({ exposed, view }) => ({ exposed, view }))
    },
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
