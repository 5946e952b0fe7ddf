import { spawnSync } from 'node:child_process'

/** What promtool says of a page of text 0.0.4: 0 clean, 1 not readable, 3 against the naming rules. */
export function promtool(page: string): { readonly exitCode: number | null; readonly findings: string } {
  const { status, stderr, error } = spawnSync('promtool', ['check', 'metrics'], {
    input: page,
    encoding: 'utf8',
    timeout: 10_000,
  })
  if (error) throw new Error('promtool did not run; npm test installs it', { cause: error })
  return { exitCode: status, findings: stderr }
}
