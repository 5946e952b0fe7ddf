import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const tasks: (() => unknown)[] = []

/** Has `task` done by `cleanUp`, the newest first. */
export function atCleanUp(task: () => unknown): void {
  tasks.push(task)
}

/** Ends and removes everything that the helpers of this folder started and made: `afterAll(cleanUp)` in each test file. */
export async function cleanUp(): Promise<void> {
  const failures: unknown[] = []
  for (let task = tasks.pop(); task; task = tasks.pop()) {
    try {
      await task()
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'clean-up failed')
}

/** A new empty folder, gone after the tests. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-test-'))
  atCleanUp(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }))
  return folder
}
