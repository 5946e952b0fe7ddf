import { spawn } from 'node:child_process'
import { openSync, readFileSync } from 'node:fs'

/** Starts a program that goes on after this one; its output goes to a file. */
export function startDetached(
  words: readonly string[],
  env: Readonly<Record<string, string>>,
  log: string,
): number {
  const file = openSync(log, 'a')
  const [command = '', ...args] = words
  const child = spawn(command, args, {
    detached: true,
    stdio: ['ignore', file, file],
    env: { ...env },
    cwd: '/',
  })
  child.unref()
  if (child.pid === undefined) throw new Error(`${command} cannot be started`)
  return child.pid
}

/** Ended ones may still be listed, as zombies. */
export function isRunning(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

/** Asks a program to end, and waits for that; throws when it does not. */
export async function end(pid: number): Promise<void> {
  if (!isRunning(pid)) return
  process.kill(pid, 'SIGTERM')
  for (let tries = 0; tries < 100; tries += 1) {
    if (!isRunning(pid)) return
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  throw new Error(`process ${pid} did not end within 5 s`)
}

/** Lines `NAME=value` as systemd and docker read files of variables; the first also takes quotes off. */
export function variablesOf(text: string, takesQuotesOff: boolean): Readonly<Record<string, string>> {
  const lines = text.split('\n').filter(line => /^\w+=/.test(line))
  return Object.fromEntries(
    lines.map(line => {
      const [, name = '', value = ''] = /^(\w+)=(.*)$/.exec(line) ?? []
      return [name, takesQuotesOff ? value.trim().replace(/^(["'])(.*)\1$/, '$2') : value]
    }),
  )
}

/** Ends a stand-in with a message; what it does not know it must not pass over. */
export function refuse(message: string): never {
  console.error(message)
  process.exit(1)
}
