import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { nodeFolder } from './node-binary.ts'
import type { Processor } from './processors.ts'
import { ROOT } from './project.ts'
import { tool } from './tool.ts'

const FOLDER = join(ROOT, 'packaging/container')

/** Which images to make, of what. */
export interface ImagesWanted {
  readonly version: string
  readonly processor: Processor
  /** Targets of the Containerfile. */
  readonly names: readonly string[]
  /** Licences of what is inside. */
  readonly notices: string
  /** Seconds since 1970 that everything in them is dated with. */
  readonly date: number
}

/**
 * Builds images with buildah and puts them into one archive, as `docker load` and `podman load` read it: they share
 * all but a few words, so together they are hardly larger than one. In Docker's format, because the other one has no
 * health checks.
 */
export function makeImages({ version, processor, names, notices, date }: ImagesWanted, target: string): void {
  const work = mkdtempSync(join(tmpdir(), 'hearth-images-'))
  const storage = ['--root', join(work, 'storage'), '--runroot', join(work, 'run'), '--storage-driver', 'vfs']
  const buildah = (...args: string[]) => tool('buildah', [...storage, ...args], { env: { TMPDIR: work } })
  try {
    const context = join(work, 'context')
    tool('sh', [join(FOLDER, 'assemble.sh'), context, processor.name], {
      env: { HEARTH_NODE: join(nodeFolder(processor), 'bin/node') },
    })
    writeFileSync(join(context, 'root/usr/lib/hearth/NOTICES'), notices, { mode: 0o644 })
    const merged = join(work, 'merged')
    mkdirSync(merged)
    const images = names.map(name => {
      const tag = `${name}:${version}`
      buildah(
        ...['build', '--quiet', '--isolation', 'chroot', '--layers', '--format', 'docker'],
        ...['--platform', `linux/${processor.debian}`, '--timestamp', String(date)],
        ...['--file', join(FOLDER, 'Containerfile'), '--target', name, '--build-arg', `VERSION=${version}`],
        ...['--tag', tag, context],
      )
      const single = join(work, 'single.tar')
      buildah('push', '--quiet', tag, `docker-archive:${single}:${tag}`)
      tool('tar', ['-xf', single, '-C', merged])
      rmSync(single)
      return { ...imageIn(merged), RepoTags: [tag, `${name}:latest`] }
    })
    writeFileSync(join(merged, 'manifest.json'), JSON.stringify(images))
    pack(merged, date, target)
  } finally {
    // The files of an image may belong to others.
    rmSync(work, { recursive: true, force: true })
  }
}

const manifest = z.tuple([z.object({ Config: z.string(), Layers: z.array(z.string()) })])

function imageIn(folder: string): { Config: string; Layers: string[] } {
  const [image] = manifest.parse(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')))
  return image
}

/** Everything but what readers of ten years ago looked at. */
function pack(folder: string, date: number, target: string): void {
  const files = readdirSync(folder).filter(
    name => statSync(join(folder, name)).isFile() && !['manifest.json', 'repositories'].includes(name),
  )
  const archive = `${target}.tar`
  tool('tar', [
    ...['--create', '--file', archive, '--directory', folder, '--format=ustar', '--mode=644'],
    ...['--owner=0', '--group=0', '--numeric-owner', `--mtime=@${date}`, 'manifest.json', ...files.sort()],
  ])
  tool('gzip', ['--no-name', '-6', '--force', archive])
  tool('mv', [`${archive}.gz`, target])
}
