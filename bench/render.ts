import { Gauge, Registry } from 'prom-client'
import { createExposition } from '../src/expose/exposition.ts'
import type { Ask, Exposition } from '../src/expose/types.ts'
import { fakeMeters, type Meters } from './fake-meters.ts'
import { duration, ratio } from './format.ts'
import { inTurns, secondsPerRun } from './measure.ts'
import type { Part, Row } from './part.ts'

const ROUNDS = 7
const ROUND_MS = 200
const AIM_RATIO = 0.1
const SIZES = [100, 1_000, 10_000] as const
const PLAIN_TEXT: Ask = { accept: undefined, acceptEncoding: undefined, query: new URLSearchParams() }

/** How long a page takes after every value changed, and when nothing did. */
export async function renderPart(): Promise<Part> {
  const rows: Row[] = []
  for (const size of SIZES) rows.push(...(await renderRows(size)))
  return {
    title: 'Making the page',
    text:
      'Text format 0.0.4. In "all changed" every value of every device is new and the whole page is made of them: ' +
      'hearth takes the new readings device by device, prom-client gets `set()` for as many gauges with the same names and labels. ' +
      'In "unchanged" the page is asked for again.',
    baseline: 'prom-client',
    rows,
  }
}

async function renderRows(size: number): Promise<readonly Row[]> {
  const exposition = createExposition({ version: 'bench', revision: 'bench', runtime: process.version })
  const meters = fakeMeters(size)
  const gauges = gaugesOf(Buffer.from(renderAll(exposition, meters)).toString())
  const series = gauges.cells.length
  const changed = {
    hearth: () => renderAll(exposition, meters),
    promClient: () => gauges.renderAll(),
  }
  const unchanged = {
    hearth: () => exposition.metrics(PLAIN_TEXT).body.length,
    promClient: gauges.render,
  }
  const name = `${series.toLocaleString('en-US')} series`
  return [await row(`${name}, all changed`, changed), await row(`${name}, unchanged`, unchanged)]
}

async function row(
  what: string,
  { hearth, promClient }: { hearth: () => unknown; promClient: () => unknown },
): Promise<Row> {
  await secondsPerRun(hearth, ROUND_MS)
  await secondsPerRun(promClient, ROUND_MS)
  const measured = await inTurns(
    ROUNDS,
    () => secondsPerRun(hearth, ROUND_MS),
    () => secondsPerRun(promClient, ROUND_MS),
  )
  return {
    what,
    hearth: duration(measured.ours),
    baseline: duration(measured.baseline),
    ratio: ratio(measured),
    aim: { text: `ratio at most ${AIM_RATIO}`, isMet: measured.ratio <= AIM_RATIO },
  }
}

function renderAll(exposition: Exposition, meters: Meters): Uint8Array {
  meters.change()
  for (const { exposed, view } of meters.devices) exposition.put(exposed, view())
  return exposition.metrics(PLAIN_TEXT).body
}

interface Cell {
  readonly gauge: Gauge
  readonly labels: Record<string, string>
  readonly value: number
}

/** A registry of prom-client with every sample of a page as a gauge. */
function gaugesOf(body: string) {
  const registry = new Registry()
  const gauges = new Map<string, Gauge>()
  const cells: Cell[] = []
  for (const line of body.split('\n')) {
    const sample = /^([a-z_]+)(?:\{(.*)\})? (\S+)$/.exec(line)
    if (!sample?.[1]) continue
    const [, name, labelText = '', value] = sample
    const labels = Object.fromEntries(
      [...labelText.matchAll(/([a-z_]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]),
    )
    const gauge =
      gauges.get(name) ??
      new Gauge({ name, help: 'As the page has it.', labelNames: Object.keys(labels), registers: [registry] })
    gauges.set(name, gauge)
    cells.push({ gauge, labels, value: Number(value) })
  }
  let turn = 0
  // Bytes on both sides: that is what a server sends.
  const render = async () => Buffer.from(await registry.metrics())
  return {
    cells,
    render,
    renderAll() {
      turn++
      for (const { gauge, labels, value } of cells) gauge.set(labels, value + turn)
      return render()
    },
  }
}
