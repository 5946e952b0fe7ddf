import { spawnSync } from 'node:child_process'

/** What a program that ends by itself said and how it ended. */
export interface Finished {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a program to its end; throws when it cannot be started or takes too long. */
export function runOnce(
  command: string,
  args: readonly string[],
  {
    env = {},
    timeoutMs = 60_000,
  }: { readonly env?: Readonly<Record<string, string>>; readonly timeoutMs?: number } = {},
): Finished {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    timeout: timeoutMs,
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '/', ...env },
  })
  if (error)
    throw new Error(`${command} did not run; npm test installs what the tests need`, { cause: error })
  return { exitCode: status, stdout, stderr }
}
