import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { z } from 'zod'
import { ADDON_PACKAGE, type Processor } from './processors.ts'
import { type LockedPackage, productionPackages, projectVersion, ROOT } from './project.ts'
import { addonOf } from './single-file.ts'
import { tool } from './tool.ts'

const component = z.looseObject({
  'bom-ref': z.string().optional(),
  name: z.string(),
  version: z.string().optional(),
})
const dependency = z.object({ ref: z.string(), dependsOn: z.array(z.string()).optional() })
const shape = z.looseObject({
  metadata: z.looseObject({ component }),
  components: z.array(component),
  dependencies: z.array(dependency),
})

type Component = z.infer<typeof component>

/**
 * What is in a release, as CycloneDX: npm's list, and what npm does not know: Node with the libraries inside it, the
 * addon's binaries. Without addresses of registries; dated by the source, so that it comes out the same twice.
 */
export function billOfMaterials(date: number, processors: readonly Processor[]): string {
  const args = ['sbom', '--omit=dev', '--sbom-format', 'cyclonedx', '--package-lock-only']
  const made = shape.parse(JSON.parse(tool('npm', args, { folder: ROOT })))
  const version = projectVersion()
  const root = `hearth@${version}`
  const node = nodeComponent()
  const packages = complete(made.components.map(withoutPlaces))
  const components = [
    ...packages.map(each =>
      each.name === ADDON_PACKAGE ? { ...each, components: processors.map(addonFile) } : each,
    ),
    node,
  ]
  const dependencies = made.dependencies
    .filter(({ ref }) => ref !== made.metadata.component['bom-ref'])
    .concat({ ref: root, dependsOn: [...directDependencies(), node['bom-ref'] ?? ''] })
  return `${JSON.stringify(
    {
      ...made,
      serialNumber: `urn:uuid:${uuidOf(JSON.stringify([root, components]))}`,
      metadata: {
        ...made.metadata,
        timestamp: new Date(date * 1000).toISOString(),
        component: {
          ...withoutPlaces(made.metadata.component),
          'bom-ref': root,
          type: 'application',
          name: 'hearth',
          purl: `pkg:generic/hearth@${version}`,
        },
      },
      components,
      dependencies: [...dependencies, ...missingRefs(components, dependencies)],
    },
    undefined,
    2,
  )}\n`
}

/** npm leaves out a package that a development tool would take as well; the lock file knows them all. */
function complete(components: readonly Component[]): readonly Component[] {
  const known = new Set(components.map(({ name, version }) => `${name}@${version}`))
  const missing = productionPackages().filter(({ name, version }) => !known.has(`${name}@${version}`))
  return [...components, ...missing.map(packageComponent)].sort((one, other) =>
    one.name < other.name ? -1 : 1,
  )
}

function packageComponent({ name, version, license, integrity }: LockedPackage): Component {
  return {
    'bom-ref': `${name}@${version}`,
    type: 'library',
    name,
    version,
    scope: 'required',
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    hashes: [
      { alg: 'SHA-512', content: Buffer.from(integrity.replace(/^sha512-/, ''), 'base64').toString('hex') },
    ],
    licenses: [{ license: { id: license } }],
  }
}

function nodeComponent(): Component {
  const { node, ...parts } = process.versions
  return {
    'bom-ref': `node@${node}`,
    type: 'platform',
    name: 'node',
    version: node,
    purl: `pkg:generic/node@${node}`,
    licenses: [{ license: { id: 'MIT' } }],
    components: Object.entries(parts).flatMap(([name, version]) =>
      // Numbers of interfaces, not of parts.
      version === undefined || version === '' || ['modules', 'napi', 'unicode', 'tz', 'cldr'].includes(name)
        ? []
        : [{ 'bom-ref': `node/${name}@${version}`, type: 'library', name, version }],
    ),
  }
}

function addonFile(processor: Processor): Component {
  const file = addonOf(processor)
  const content = createHash('sha256').update(readFileSync(file)).digest('hex')
  return {
    'bom-ref': `${ADDON_PACKAGE}/${processor.addon}`,
    type: 'file',
    name: basename(file),
    description: `serial port addon for ${processor.name}`,
    hashes: [{ alg: 'SHA-256', content }],
  }
}

function directDependencies(): readonly string[] {
  const { dependencies } = z
    .object({ dependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(`${ROOT}/package.json`, 'utf8')))
  return Object.entries(dependencies).map(([name, version]) => `${name}@${version}`)
}

function missingRefs(
  components: readonly Component[],
  known: readonly { ref: string }[],
): readonly { ref: string }[] {
  const refs = new Set(known.map(({ ref }) => ref))
  return components.flatMap(({ 'bom-ref': ref }) => (ref === undefined || refs.has(ref) ? [] : [{ ref }]))
}

function withoutPlaces(part: Component): Component {
  const { externalReferences: _, ...rest } = part
  return rest
}

/** A UUID made of a text: version 8, which leaves the bits to the maker. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
