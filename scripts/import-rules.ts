import { dirname, join, normalize } from 'node:path/posix'

export interface SourceFile {
  /** Path from the project's root, with slashes: `src/core/clock.ts`. */
  readonly path: string
  readonly text: string
}

/** What the files of each folder may import of ours; every folder may import itself. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  core: [],
  transport: ['core'],
  simulation: ['core'],
  devices: ['core', 'simulation'],
  config: ['core'],
  collect: ['core', 'expose/types'],
  store: ['core'],
  expose: ['core'],
  web: ['core', 'expose'],
  cli: ['core', 'transport', 'devices', 'config', 'collect', 'store', 'expose', 'web'],
  main: ['core', 'cli'],
}

/** Every arrow against the flow, between two devices, or in a circle, as a line that names both ends. */
export function findViolations(files: readonly SourceFile[]): readonly string[] {
  const shipped = files.filter(({ path }) => !path.endsWith('.test.ts') && !/\.test-helper\.ts$/.test(path))
  const imports = new Map(shipped.map(file => [file.path, importsOf(file)]))
  const problems = shipped.flatMap(({ path }) =>
    (imports.get(path) ?? []).flatMap(target => {
      const problem = against(path, target)
      return problem ? [problem] : []
    }),
  )
  return [...problems, ...shipped.flatMap(eagerSimulators), ...circles(imports)]
}

/** Simulators are loaded when one is asked for: a static import from outside would bring them into every service. */
function eagerSimulators({ path, text }: SourceFile): string[] {
  // Fixtures are made by the simulator; nothing that is shipped imports them.
  if (/\/(simulator|fixtures)\//.test(path)) return []
  const found = [
    ...text.matchAll(/^(?:import|export)\b(?! type\b)[^'"]*?['"](\.[^'"]*\/simulator\/[^'"]+)['"]/gm),
  ]
  return found.map(
    match => `${path} imports ${match[1]}: a simulator is loaded by import() where one is asked for`,
  )
}

/** Paths of our own files that a file imports, types included. */
function importsOf({ path, text }: SourceFile): string[] {
  const found = [...text.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*)['"](\.{1,2}\/[^'"]+)['"]/g)]
  return found.map(match => normalize(join(dirname(path), match[1] ?? '')))
}

function against(from: string, to: string): string | undefined {
  const [layer, device] = placeOf(from)
  const [targetLayer, targetDevice] = placeOf(to)
  if (!(layer in ALLOWED))
    return layer === 'testing' ? undefined : `${from}: the folder "${layer}" is in no rule of the data flow`
  if (layer === 'devices' && targetLayer === 'devices') {
    // devices/index.ts is the list and imports each; a device imports itself alone.
    if (device === undefined || device === targetDevice) return undefined
    return `${from} imports ${to}: a device knows no other device`
  }
  if (layer === targetLayer) return undefined
  const isAllowed = ALLOWED[layer]?.some(rule => targetLayer === rule || to.startsWith(`src/${rule}.`))
  return isAllowed
    ? undefined
    : `${from} imports ${to}: against the data flow (${layer} may import: ${ALLOWED[layer]?.join(', ') || 'nothing'})`
}

/** Folder below `src`, and the device's folder where there is one. */
function placeOf(path: string): [layer: string, device: string | undefined] {
  const [, first = '', second, third] = path.split('/')
  if (second === undefined) return [first.replace(/\.ts$/, ''), undefined]
  return [first, first === 'devices' && third !== undefined ? second : undefined]
}

function circles(imports: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>()
  const found: string[] = []
  const visit = (path: string, trail: readonly string[]): void => {
    const at = trail.indexOf(path)
    if (at >= 0) {
      found.push(`${[...trail.slice(at), path].join(' -> ')}: a circle of imports`)
      return
    }
    if (done.has(path)) return
    for (const target of imports.get(path) ?? []) visit(target, [...trail, path])
    done.add(path)
  }
  for (const path of imports.keys()) visit(path, [])
  return found
}
