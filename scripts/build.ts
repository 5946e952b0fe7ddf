// Bundles src/main.ts into dist/hearth.cjs and its parts. Why CommonJS: docs/decisions/0003-one-commonjs-bundle.md,
// why parts: docs/decisions/0013-the-program-in-parts.md
import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
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

/** Names of the parts: each library and each device by itself, simulated devices apart from the ones that read them. */
const PARTS = [
  {
    what: 'libraries',
    pattern: /\/node_modules\/(?:@([^/]+)\/)?([^/]+)\/(?!.*\/node_modules\/)/,
    priority: 3,
  },
  { what: 'core', pattern: /\/src\/(core)\//, priority: 2 },
  { what: 'simulators', pattern: /\/src\/devices\/([^/]+)\/(simulator)\//, priority: 1 },
  { what: 'devices', pattern: /\/src\/devices\/([^/]+)\//, priority: 0 },
]

const bundle = await rolldown({
  input: resolve(root, 'src/main.ts'),
  platform: 'node',
  // The addon finds its prebuilt binary beside its own files, so it stays a package.
  external: ['@serialport/bindings-cpp'],
  transform: {
    define: { HEARTH_VERSION: JSON.stringify(version), HEARTH_REVISION: JSON.stringify(revision()) },
  },
})
const target = resolve(root, 'dist')
rmSync(resolve(target, 'parts'), { recursive: true, force: true })
const { output } = await bundle.write({
  dir: target,
  format: 'cjs',
  minify: true,
  entryFileNames: 'hearth.cjs',
  chunkFileNames: 'parts/[name].cjs',
  codeSplitting: {
    groups: PARTS.map(({ what, pattern, priority }) => ({
      debugName: what,
      name: id => pattern.exec(id)?.slice(1).filter(Boolean).join('-'),
      test: pattern,
      priority,
    })),
  },
})
// One character beyond Latin-1 would make V8 keep the whole source with two bytes a character.
for (const { fileName } of output) {
  const file = resolve(target, fileName)
  writeFileSync(file, readFileSync(file, 'utf8').replace(/[\u0080-\uffff]/g, escaped))
}
await bundle.close()
