// Fails when an import runs against the data flow of docs/architecture.md, closes a circle, or joins two devices.
import { globSync, readFileSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findViolations, type SourceFile } from './import-rules.ts'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const files: SourceFile[] = globSync('src/**/*.ts', { cwd: root }).map(path => ({
  path: relative(root, resolve(root, path)),
  text: readFileSync(resolve(root, path), 'utf8'),
}))
const violations = findViolations(files)
for (const violation of violations) console.error(violation)
if (violations.length > 0) process.exit(1)
