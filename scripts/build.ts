// Bundles src/main.ts into one CommonJS file. Why CommonJS: docs/decisions/0003-one-commonjs-bundle.md
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const { version } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')) as { version: string }

/** The commit the bundle was made from, or "unknown" where there is no git. */
function revision(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short=12', 'HEAD'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return 'unknown'
  }
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

const bundle = await rolldown({
  input: resolve(root, 'src/main.ts'),
  platform: 'node',
  // The addon finds its prebuilt binary beside its own files, so it stays a package.
  external: ['@serialport/bindings-cpp'],
  transform: {
    define: { HEARTH_VERSION: JSON.stringify(version), HEARTH_REVISION: JSON.stringify(revision()) },
  },
})
const target = resolve(root, 'dist/hearth.cjs')
await bundle.write({ file: target, format: 'cjs', minify: true })
// One character beyond Latin-1 would make V8 keep the whole source with two bytes a character.
const text = readFileSync(target, 'utf8')
writeFileSync(target, text.replace(/[\u0080-\uffff]/g, escaped))
await bundle.close()
