import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { checkIntegrity } from '../../scripts/release/node-binary.ts'
import { ADDON_PACKAGE } from '../../scripts/release/processors.ts'
import { productionPackages } from '../../scripts/release/project.ts'
import { addonOf } from '../../scripts/release/single-file.ts'
import { cleanUp, temporaryFolder } from '../support/clean-up.ts'
import { ROOT } from '../support/hearth.ts'
import { runOnce } from '../support/run-once.ts'
import { HERE, makeRelease, OTHER, type Release, VERSION } from './release.ts'
import { describeDebian } from './release-debian.ts'
import { describeImages } from './release-images.ts'
import { describeBothFiles, describeSingleFile } from './release-single-file.ts'

let made: Release
const release = () => made

beforeAll(() => {
  made = makeRelease()
}, 300_000)
afterAll(cleanUp)

describe('npm run release', () => {
  it('makes a single file and a package for each processor, and the papers', () => {
    const expected = [HERE, OTHER].flatMap(processor => [
      `hearth-${VERSION}-linux-${processor.name}`,
      `hearth_${VERSION}_${processor.debian}.deb`,
    ])
    const papers = [`hearth-${VERSION}.cdx.json`, `hearth-${VERSION}-notices.txt`, 'SHA256SUMS']
    expect(readdirSync(made.folder).sort()).toEqual([...expected, ...papers].sort())
  })

  it('names the checksum of everything', () => {
    const sums = readFileSync(join(made.folder, 'SHA256SUMS'), 'utf8')
    const names = [...sums.matchAll(/^[0-9a-f]{64} {2}(\S+)$/gm)].map(([, name]) => name)
    expect(names).toEqual(
      readdirSync(made.folder)
        .filter(name => name !== 'SHA256SUMS')
        .sort(),
    )
    const check = runOnce('sh', [
      '-c',
      'cd "$0" && sha256sum --check --strict --quiet SHA256SUMS',
      made.folder,
    ])
    expect(check).toMatchObject({ exitCode: 0, stderr: '' })
  })

  it('has nothing that leads to where it was made', () => {
    for (const name of [`hearth-${VERSION}.cdx.json`, `hearth-${VERSION}-notices.txt`])
      expect(readFileSync(join(made.folder, name), 'utf8').includes(ROOT), name).toBe(false)
  })

  it.each([
    { args: ['--processor', 'mips'], words: '--processor is "mips": it is x64 or arm64' },
    { args: ['--without', 'papers'], words: '--without takes the word images' },
    { args: ['--out', ROOT], words: 'holds other things' },
  ])('refuses $args in one line', ({ args, words }) => {
    const script = [join(ROOT, 'scripts/with-node.sh'), join(ROOT, 'scripts/release/main.ts'), ...args]
    const { exitCode, stderr } = runOnce('sh', script)
    expect(exitCode).toBe(1)
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(stderr).toContain(words)
  })

  it('takes no Node that is not the one of the lock file', () => {
    const file = join(temporaryFolder(), 'node.tgz')
    writeFileSync(file, 'something else')
    const hash = createHash('sha512').update('something else').digest('base64')
    expect(() => checkIntegrity(file, 'node', `sha512-${hash}`)).not.toThrow()
    writeFileSync(file, 'something else.')
    expect(() => checkIntegrity(file, 'node', `sha512-${hash}`)).toThrow(
      'is not what package-lock.json names',
    )
    expect(() => checkIntegrity(file, 'node', '')).toThrow('has no sha512')
  })
})

const component = z.object({
  name: z.string(),
  version: z.string().optional(),
  purl: z.string().optional(),
  hashes: z.array(z.object({ alg: z.string(), content: z.string() })).optional(),
  licenses: z.array(z.unknown()).optional(),
})
const bill = z.object({
  bomFormat: z.literal('CycloneDX'),
  specVersion: z.string(),
  serialNumber: z.string().regex(/^urn:uuid:[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/),
  metadata: z.object({ component: component.extend({ 'bom-ref': z.string() }) }),
  components: z.array(component.extend({ 'bom-ref': z.string(), components: z.array(component).optional() })),
  dependencies: z.array(z.object({ ref: z.string(), dependsOn: z.array(z.string()).optional() })),
})

describe('the bill of materials', () => {
  let text: string
  let parsed: z.infer<typeof bill>

  beforeAll(() => {
    text = readFileSync(join(made.folder, `hearth-${VERSION}.cdx.json`), 'utf8')
    parsed = bill.parse(JSON.parse(text))
  })

  it('is of hearth at its version', () => {
    expect(parsed.metadata.component).toMatchObject({ name: 'hearth', version: VERSION })
  })

  it('names every package that users get, at its version and with its hash and licence', () => {
    const packages = productionPackages()
    expect(packages.length).toBeGreaterThan(30)
    for (const { name, version, integrity } of packages) {
      const found = parsed.components.find(each => each.name === name && each.version === version)
      expect(found, `${name}@${version}`).toBeDefined()
      const content = Buffer.from(integrity.replace('sha512-', ''), 'base64').toString('hex')
      expect(found?.hashes, name).toContainEqual({ alg: 'SHA-512', content })
      expect(found?.licenses?.length, name).toBeGreaterThan(0)
    }
  })

  it('names nothing that only builds and tests', () => {
    const names = parsed.components.map(({ name }) => name)
    for (const name of ['vitest', 'typescript', 'postject', 'prom-client']) expect(names).not.toContain(name)
  })

  it('names Node with what is inside it, and the binaries of the addon', () => {
    const node = parsed.components.find(({ name }) => name === 'node')
    expect(node?.version).toBe(process.versions.node)
    expect(node?.components).toContainEqual(
      expect.objectContaining({ name: 'openssl', version: process.versions.openssl }),
    )
    const files = parsed.components.find(({ name }) => name === ADDON_PACKAGE)?.components ?? []
    expect(files.map(({ hashes }) => hashes?.[0]?.content).sort()).toEqual(
      [HERE, OTHER]
        .map(each =>
          createHash('sha256')
            .update(readFileSync(addonOf(each)))
            .digest('hex'),
        )
        .sort(),
    )
  })

  it('leads from hearth to everything, and names no registry', () => {
    const known = new Set([...parsed.components, parsed.metadata.component].map(each => each['bom-ref']))
    for (const { ref, dependsOn = [] } of parsed.dependencies)
      for (const each of [ref, ...dependsOn]) expect(known.has(each), each).toBe(true)
    expect(text.match(/https?:\/\/\S+/g)).toEqual(['http://cyclonedx.org/schema/bom-1.5.schema.json",'])
  })
})

describeBothFiles(release)
describeSingleFile(release)
describeDebian(release)
describeImages()
