// npm run release: makes what a release consists of, in dist/release. Needs a built checkout.
//   --out FOLDER       where to; it is emptied first (default dist/release)
//   --processor NAME   x64 or arm64; may be repeated (default both)
//   --without images   leaves the container images out, and so needs no buildah
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { billOfMaterials } from './bill-of-materials.ts'
import { makeDebianPackage } from './debian-package.ts'
import { makeImages } from './images.ts'
import { PROGRAM_NAMES } from './names.ts'
import { notices } from './notices.ts'
import { PROCESSORS } from './processors.ts'
import { projectVersion, ROOT, sourceDate } from './project.ts'
import { makeSingleFile } from './single-file.ts'
import { ReleaseError } from './tool.ts'

const SUMS = 'SHA256SUMS'

function release(): void {
  const { values } = parseArgs({
    options: {
      out: { type: 'string', default: join(ROOT, 'dist/release') },
      processor: { type: 'string', multiple: true, default: PROCESSORS.map(({ name }) => name) },
      without: { type: 'string', multiple: true, default: [] },
    },
  })
  const unknown = values.processor.find(name => !PROCESSORS.some(each => each.name === name))
  if (unknown !== undefined) throw new ReleaseError(`--processor is "${unknown}": it is x64 or arm64`)
  if (values.without.some(part => part !== 'images'))
    throw new ReleaseError('--without takes the word images')
  if (!existsSync(join(ROOT, 'dist/hearth.cjs')))
    throw new ReleaseError('nothing is built: run npm run build')

  const version = projectVersion()
  const date = sourceDate()
  const processors = PROCESSORS.filter(({ name }) => values.processor.includes(name))
  const out = resolve(values.out)
  empty(out)

  const licences = notices()
  const bom = billOfMaterials(date, processors)
  writeFileSync(join(out, `hearth-${version}-notices.txt`), licences)
  writeFileSync(join(out, `hearth-${version}.cdx.json`), bom)
  for (const processor of processors) {
    const program = join(out, `hearth-${version}-linux-${processor.name}`)
    makeSingleFile(processor, program)
    makeDebianPackage({ version, processor, program, notices: licences, bom, date }, out)
    if (values.without.includes('images')) continue
    makeImages(
      { version, processor, names: PROGRAM_NAMES, notices: licences, date },
      join(out, `hearth-${version}-images-linux-${processor.name}.tar.gz`),
    )
  }
  writeFileSync(join(out, SUMS), sumsOf(out))
  for (const name of readdirSync(out))
    console.log(`${megabytes(join(out, name))} MB  ${join(values.out, name)}`)
}

/** Only a folder that an earlier run made is emptied: one with its checksums, or nothing in it. */
function empty(folder: string): void {
  mkdirSync(folder, { recursive: true })
  const names = readdirSync(folder)
  if (names.some(name => name !== SUMS && !/^hearth[-_]/.test(name)))
    throw new ReleaseError(`${folder} holds other things: name an empty folder with --out`)
  for (const name of names) rmSync(join(folder, name), { recursive: true })
}

/** As `sha256sum -c` reads it. */
function sumsOf(folder: string): string {
  return readdirSync(folder)
    .sort()
    .map(
      name =>
        `${createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex')}  ${name}\n`,
    )
    .join('')
}

function megabytes(path: string): string {
  return (statSync(path).size / 1e6).toFixed(1).padStart(6)
}

try {
  release()
} catch (error) {
  if (!(error instanceof ReleaseError)) throw error
  console.error(`release: ${error.message}`)
  process.exitCode = 1
}
