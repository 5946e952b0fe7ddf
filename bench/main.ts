import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodePart } from './decode.ts'
import { documentOf, loadNow } from './document.ts'
import { growthParts } from './growth.ts'
import { type House, openHouse } from './house.ts'
import { isolationPart } from './isolation.ts'
import { memoryPart } from './memory.ts'
import type { Part } from './part.ts'
import { killAll } from './processes.ts'
import { readingsPart } from './readings.ts'
import { renderPart } from './render.ts'
import { servePart } from './serve.ts'
import { isShort, wantedParts } from './settings.ts'
import { recordStreams } from './streams.ts'

const TARGET = join(import.meta.dirname, '../docs/performance.md')
const LONGEST_MS = 1_200_000

const folder = mkdtempSync(join(tmpdir(), 'hearth-bench-'))
process.once('exit', () => {
  killAll()
  rmSync(folder, { recursive: true, force: true })
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1))
setTimeout(() => {
  console.error(`bench: not done after ${LONGEST_MS / 1000} s, given up; docs/performance.md is unchanged`)
  process.exit(1)
}, LONGEST_MS).unref()

/** In the order of the document. */
const TASKS: Readonly<Record<string, () => Promise<readonly Part[]>>> = {
  async decoding() {
    const streams = recordStreams()
    return [await decodePart(streams), await readingsPart(streams)]
  },
  rendering: async () => [await renderPart()],
  serving: () => inHouse(servePart),
  memory: () => inHouse(memoryPart),
  isolation: () => inHouse(isolationPart),
  growth: () => growthParts(folder),
}

const unknown = wantedParts.filter(name => !Object.hasOwn(TASKS, name))
if (unknown.length > 0) {
  console.error(`bench: there is no part ${unknown.join(', ')}; there are: ${Object.keys(TASKS).join(', ')}`)
  process.exit(2)
}

const load = loadNow()
const from = performance.now()
const parts: Part[] = []
const failures: string[] = []
for (const [name, task] of Object.entries(TASKS)) {
  if (wantedParts.length === 0 || wantedParts.includes(name)) await measure(name, task)
}

if (failures.length > 0) {
  for (const failure of failures) console.error(`bench: ${failure}`)
  console.error('bench: docs/performance.md is unchanged, because not everything could be measured')
  process.exit(1)
}
const text = documentOf(parts, load, (performance.now() - from) / 1000)
if (!isShort && wantedParts.length === 0) writeFileSync(TARGET, `${text}\n`)
console.log(text)
process.exit(0)

async function inHouse(task: (house: House) => Promise<Part>): Promise<readonly Part[]> {
  const house = await openHouse(folder)
  try {
    return [await task(house)]
  } finally {
    await house.close()
  }
}

async function measure(name: string, task: () => Promise<readonly Part[]>): Promise<void> {
  console.error(`bench: ${name} ...`)
  const began = performance.now()
  try {
    parts.push(...(await task()))
  } catch (error) {
    failures.push(`${name} could not be measured: ${error instanceof Error ? error.message : String(error)}`)
  }
  console.error(`bench: ${name}: ${Math.round((performance.now() - began) / 1000)} s`)
}
