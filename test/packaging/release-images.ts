import { chmodSync, copyFileSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { makeImages } from '../../scripts/release/images.ts'
import { PROGRAM_NAMES } from '../../scripts/release/names.ts'
import { drivers } from '../../src/devices/index.ts'
import { temporaryFolder } from '../support/clean-up.ts'
import { ROOT, startRun } from '../support/hearth.ts'
import { runOnce } from '../support/run-once.ts'
import { OTHER, runInRoot, VERSION, VERSION_LINE } from './release.ts'

const CONTAINERFILE = readFileSync(join(ROOT, 'packaging/container/Containerfile'), 'utf8')

const archive = z.array(
  z.object({ Config: z.string(), RepoTags: z.array(z.string()), Layers: z.array(z.string()) }),
)
const config = z.object({
  architecture: z.string(),
  config: z.object({
    User: z.string(),
    Cmd: z.array(z.string()),
    Healthcheck: z.object({ Test: z.array(z.string()), Interval: z.number(), Timeout: z.number() }),
    Labels: z.record(z.string(), z.string()),
  }),
})

/** The definitions of all images, and the archive of those for the processor that this machine has not. */
export function describeImages(): void {
  describe('the definitions of the images', () => {
    const stages = new Map(
      CONTAINERFILE.split(/^FROM /m).map(stage => [/^\S+ AS (\S+)/.exec(stage)?.[1] ?? '', stage]),
    )

    it('are one for hearth and one for each drop-in', () => {
      const names = [...stages.keys()].filter(name => name !== '' && name !== 'base')
      expect(names.sort()).toEqual([...PROGRAM_NAMES].sort())
    })

    it.each(drivers.map(({ dropIn }) => dropIn))(
      '$name has its port, its command and its health check',
      dropIn => {
        const stage = stages.get(dropIn.name) ?? ''
        expect(stage).toMatch(new RegExp(`^EXPOSE ${dropIn.defaultPort}$`, 'm'))
        // Its name is the command, or the end of the entry point where the original takes flags as arguments.
        expect(stage).toMatch(
          new RegExp(`^CMD \\["${dropIn.name}"\\]$|^ENTRYPOINT \\[.*"${dropIn.name}"\\]\nCMD \\[\\]$`, 'm'),
        )
        expect(stage).toMatch(new RegExp(`^HEALTHCHECK .* "healthy", "${dropIn.name}"\\]$`, 'm'))
      },
    )
  })

  describe(`the archive of images for ${OTHER.name}`, () => {
    let folder: string
    let images: z.infer<typeof archive>
    const names = ['hearth', drivers[0]?.dropIn.name ?? '']

    beforeAll(() => {
      folder = temporaryFolder()
      const file = join(folder, 'images.tar.gz')
      makeImages(
        { version: VERSION, processor: OTHER, names, notices: 'licences', date: 1_700_000_000 },
        file,
      )
      mkdirSync(join(folder, 'archive'))
      expect(runOnce('tar', ['-xzf', file, '-C', join(folder, 'archive')]).exitCode).toBe(0)
      images = archive.parse(JSON.parse(readFileSync(join(folder, 'archive/manifest.json'), 'utf8')))
    }, 200_000)

    it('holds each by name and version, and what they share once', () => {
      expect(images.map(({ RepoTags }) => RepoTags)).toEqual(
        names.map(name => [`${name}:${VERSION}`, `${name}:latest`]),
      )
      expect(new Set(images.map(({ Layers }) => Layers.join(' '))).size).toBe(1)
    })

    it('is for that processor, not root, with a health check', () => {
      for (const [i, { Config }] of images.entries()) {
        const text = readFileSync(join(folder, 'archive', Config), 'utf8')
        const image = config.parse(JSON.parse(text))
        expect(image.architecture).toBe(OTHER.debian)
        expect(image.config.User).toBe('65532:20')
        expect(image.config.Labels['org.opencontainers.image.version']).toBe(VERSION)
        expect(image.config.Healthcheck.Test).toEqual([
          'CMD',
          '/usr/bin/node',
          '/usr/lib/hearth/dist/hearth.cjs',
          'healthy',
          ...(i === 0 ? [] : [names[i]]),
        ])
        expect(text.includes(ROOT)).toBe(false)
      }
    })

    it('runs on an emulated processor with nothing but its own files, and can be asked for its health', async () => {
      const root = join(folder, 'root')
      mkdirSync(root)
      for (const layer of images[0]?.Layers ?? [])
        expect(runOnce('tar', ['-xf', join(folder, 'archive', layer), '-C', root]).exitCode).toBe(0)
      const emulator = runOnce('sh', [
        '-c',
        `command -v qemu-${OTHER.name === 'arm64' ? 'aarch64' : 'x86_64'}-static`,
      ])
      copyFileSync(emulator.stdout.trim(), join(root, 'emulator'))
      chmodSync(join(root, 'emulator'), 0o755)
      const node = ['/emulator', '/usr/bin/node']
      const bundle = '/usr/lib/hearth/dist/hearth.cjs'
      expect(runInRoot(root, [...node, bundle, '--version']).stdout).toMatch(VERSION_LINE)
      const addon = '/usr/lib/hearth/node_modules/@serialport/bindings-cpp/dist/load-bindings.js'
      const loaded = runInRoot(root, [...node, '-p', `typeof require(${JSON.stringify(addon)}).asyncOpen`])
      expect(loaded.stdout).toBe('function\n')
      const { url } = await startRun({ meter: { type: 'linky', port: 'tcp://127.0.0.1:9' } })
      expect(runInRoot(root, [...node, bundle, 'healthy', `${url}/-/healthy`]).exitCode).toBe(0)
      expect(runInRoot(root, [...node, bundle, 'healthy', 'http://127.0.0.1:9/']).exitCode).toBe(1)
      expect((statSync(join(root, 'tmp')).mode & 0o7777).toString(8)).toBe('1777')
      expect(readFileSync(join(root, 'usr/lib/hearth/NOTICES'), 'utf8')).toBe('licences')
    })
  })
}
