import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../support/hearth.ts'

/** What a reader of the README types as root to install a release; the tests of the release run it. */
export function installCommands(): readonly string[] {
  const [, section = ''] =
    /^## Install\n([\s\S]*?)^## /m.exec(readFileSync(join(ROOT, 'README.md'), 'utf8')) ?? []
  return [...section.matchAll(/^sudo (.*?)(?:\s+#.*)?$/gm)].map(([, command = '']) => command)
}
