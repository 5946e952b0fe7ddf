import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { nodeFolder } from './node-binary.ts'
import { PROCESSORS } from './processors.ts'
import { productionPackages, ROOT } from './project.ts'

const RULE = '-'.repeat(78)

/** The licence of every part that is not hearth's own: packages, then Node, which names the parts of its own. */
export function notices(): string {
  const nodePackages = new Set(PROCESSORS.map(({ nodePackage }) => nodePackage))
  const parts = productionPackages().filter(({ name }) => !nodePackages.has(name))
  // The text is the same for each processor; this machine's is here already.
  const processor = PROCESSORS.find(({ name }) => name === process.arch)
  return [
    'hearth is under the Apache License 2.0. It holds these parts, each under its own licence.\n',
    ...parts.map(({ name, version, license, path }) =>
      section(`${name} ${version} (${license})`, textIn(path)),
    ),
    section(
      `Node.js ${process.versions.node}`,
      processor ? textAt(join(nodeFolder(processor), 'LICENSE')) : '',
    ),
  ].join('\n')
}

function section(title: string, text: string): string {
  return `${RULE}\n${title}\n${RULE}\n${text.trim()}\n`
}

function textIn(folder: string): string {
  const [file] = globSync('{LICENSE,LICENCE,license,licence}*', { cwd: join(ROOT, folder) }).sort()
  return file === undefined ? 'The package holds no text of its licence.' : textAt(join(ROOT, folder, file))
}

function textAt(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}
