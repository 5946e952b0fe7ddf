import { availableParallelism, cpus, loadavg } from 'node:os'
import type { Part, Row } from './part.ts'

/** docs/performance.md as a whole. `load` is the load average before the first measurement. */
export function documentOf(parts: readonly Part[], load: number, tookSeconds: number): string {
  return [
    '# Performance',
    '',
    'Written by `npm run bench`; changes made by hand are lost with its next run.',
    '',
    `- Date: ${new Date().toISOString().slice(0, 10)}`,
    `- Machine: ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} cores, ${process.platform} ${process.arch}`,
    `- Runtime: Node ${process.versions.node}, with the flags that \`bin/hearth\` gives it`,
    `- Load average before the run: ${load.toFixed(2)}, so ${workload(load)}`,
    `- Took: ${Math.round(tookSeconds)} s`,
    '',
    'Every figure was taken beside a named baseline, in turns, on the same machine in the same run. Absolute figures depend on the',
    'machine and on what else it does; the ratio (hearth over baseline) much less. Figures are medians of several rounds, and the',
    'lowest and the highest round stand in brackets: where they lie far apart, the ratio between them is only roughly known.',
    `${summary(parts)}`,
    ...parts.flatMap(section),
  ].join('\n')
}

function section({ title, text, baseline, rows }: Part): readonly string[] {
  return [
    '',
    `## ${title}`,
    '',
    text,
    '',
    `| | hearth | ${baseline} | ratio (lowest to highest) | aim | met? |`,
    '|---|---|---|---|---|---|',
    ...rows.map(
      row =>
        `| ${row.what} | ${row.hearth} | ${row.baseline} | ${row.ratio} | ${row.aim?.text ?? ''} | ${verdict(row)} |`,
    ),
  ]
}

function verdict({ aim }: Row): string {
  if (!aim) return ''
  return aim.isMet ? 'met' : '**missed**'
}

function summary(parts: readonly Part[]): string {
  const aimed = parts.flatMap(part => part.rows).filter(row => row.aim)
  const missed = aimed.filter(row => row.aim?.isMet === false)
  if (missed.length === 0) return `\nAll ${aimed.length} aims were met.`
  return `\n${missed.length} of ${aimed.length} aims were missed: ${missed.map(row => row.what).join('; ')}.`
}

function workload(load: number): string {
  const cores = availableParallelism()
  if (load < 0.25 * cores) return 'the machine had little else to do'
  return 'the machine had other work to do, and the figures are noisier than they could be'
}

/** Load average over the last minute. */
export function loadNow(): number {
  return loadavg()[0] ?? 0
}
