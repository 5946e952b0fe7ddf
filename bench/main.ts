import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodePart } from './decode.ts'
import { documentOf, loadNow } from './document.ts'
import { openHouse } from './house.ts'
import { memoryPart } from './memory.ts'
import type { Part } from './part.ts'
import { killAll } from './processes.ts'
import { readingsPart } from './readings.ts'
import { renderPart } from './render.ts'
import { servePart } from './serve.ts'
import { recordStreams } from './streams.ts'

const TARGET = join(import.meta.dirname, '../docs/performance.md')
const LONGEST_MS = 345_000

process.once('exit', killAll)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1))
setTimeout(() => {
  console.error(`bench: not done after ${LONGEST_MS / 1000} s, given up; docs/performance.md is unchanged`)
  process.exit(1)
}, LONGEST_MS).unref()

const load = loadNow()
const from = performance.now()
const parts: Part[] = []
const failures: string[] = []

await measure('decoding', async () => {
  const streams = recordStreams()
  parts.push(await decodePart(streams), await readingsPart(streams))
})
await measure('rendering', async () => {
  parts.push(await renderPart())
})
await measure('the running program', async () => {
  const house = await openHouse()
  try {
    parts.push(await servePart(house), await memoryPart(house))
  } finally {
    await house.close()
  }
})

if (failures.length > 0) {
  for (const failure of failures) console.error(`bench: ${failure}`)
  console.error('bench: docs/performance.md is unchanged, because not everything could be measured')
  process.exit(1)
}
const text = documentOf(parts, load, (performance.now() - from) / 1000)
writeFileSync(TARGET, `${text}\n`)
console.log(text)
process.exit(0)

async function measure(what: string, task: () => Promise<void>): Promise<void> {
  console.error(`bench: ${what} ...`)
  try {
    await task()
  } catch (error) {
    failures.push(`${what} could not be measured: ${error instanceof Error ? error.message : String(error)}`)
  }
}
