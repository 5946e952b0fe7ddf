import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { cleanUp, temporaryFolder } from '../support/clean-up.ts'
import { ROOT } from '../support/hearth.ts'
import { runOnce } from '../support/run-once.ts'

const SCRIPT = 'scripts/release/publish-images.sh'
const WORKFLOW = join(ROOT, '.github/workflows/release.yml')

afterAll(cleanUp)

/** A checkout with this script, a version, archives of images, and a buildah that only tells what it is asked. */
function checkout(version: string, images: readonly string[]) {
  const root = temporaryFolder()
  for (const folder of ['scripts/release', 'dist/release', 'bin'])
    mkdirSync(join(root, folder), { recursive: true })
  copyFileSync(join(ROOT, SCRIPT), join(root, SCRIPT))
  writeFileSync(join(root, 'package.json'), `{\n  "version": "${version}"\n}\n`)
  const list = images.map(name => ({ Config: 'x.json', RepoTags: [`${name}:${version}`, `${name}:latest`] }))
  writeFileSync(join(root, 'manifest.json'), JSON.stringify(list))
  for (const processor of images.length > 0 ? ['arm64', 'x64'] : []) {
    const archive = join(root, `dist/release/hearth-${version}-images-linux-${processor}.tar.gz`)
    expect(runOnce('tar', ['-czf', archive, '-C', root, 'manifest.json']).exitCode).toBe(0)
  }
  writeFileSync(
    join(root, 'bin/buildah'),
    `#!/bin/sh\necho "$*" >>"${root}/asked"\ncase "$*" in *exists*) exit 1 ;; pull*) echo image ;; esac\n`,
  )
  chmodSync(join(root, 'bin/buildah'), 0o755)
  return {
    publish: (...args: readonly string[]) =>
      runOnce('sh', [join(root, SCRIPT), ...args], {
        env: { PATH: `${join(root, 'bin')}:${process.env['PATH'] ?? ''}`, PUSH_OPTIONS: '--quiet' },
      }),
    asked: (word: string) =>
      readFileSync(join(root, 'asked'), 'utf8')
        .split('\n')
        .filter(line => line.startsWith(word)),
  }
}

describe('publishing images', () => {
  it('pushes each for both processors, under its version and as latest', () => {
    const { publish, asked } = checkout('1.2.3', ['hearth', 'linky-exporter'])
    const { exitCode, stdout, stderr } = publish('registry.example.org/me')
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(stdout.trim().split('\n')).toEqual(
      ['hearth:1.2.3', 'hearth:latest', 'linky-exporter:1.2.3', 'linky-exporter:latest'].map(
        name => `published registry.example.org/me/${name}`,
      ),
    )
    expect(asked('pull')).toHaveLength(4)
    expect(asked('manifest add')).toHaveLength(4)
    expect(asked('manifest push')[1]).toBe(
      'manifest push --quiet --all --format v2s2 release-hearth:1.2.3 docker://registry.example.org/me/hearth:latest',
    )
  })

  it('makes nothing the latest that comes before a release', () => {
    const { publish } = checkout('2.0.0-rc.1', ['hearth'])
    expect(publish('registry.example.org/me').stdout).toBe(
      'published registry.example.org/me/hearth:2.0.0-rc.1\n',
    )
  })

  it('says what is missing', () => {
    const { publish } = checkout('1.2.3', [])
    expect(publish()).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('name the registry') })
    expect(publish('registry.example.org/me')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('run npm run release'),
    })
  })
})

describe('the workflow', () => {
  const text = readFileSync(WORKFLOW, 'utf8')
  const workflow = z
    .object({
      on: z.object({ push: z.object({ tags: z.array(z.string()) }) }),
      jobs: z.record(
        z.string(),
        z.object({ steps: z.array(z.object({ name: z.string().optional(), run: z.string().optional() })) }),
      ),
    })
    .parse(parse(text))
  const lines = Object.values(workflow.jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []))

  it('starts at the tag of a version', () => {
    expect(workflow.on).toEqual({ push: { tags: ['v[0-9]*'] } })
  })

  it('has steps that a shell understands, and names scripts that there are', () => {
    const scripts = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))).scripts
    for (const line of lines)
      expect(runOnce('bash', ['-n', '-c', line]), line).toMatchObject({ exitCode: 0, stderr: '' })
    const all = lines.join('\n')
    for (const [, name = ''] of all.matchAll(/npm run (\S+)/g)) expect(Object.keys(scripts)).toContain(name)
    for (const [path] of all.matchAll(/scripts\/\S+\.sh/g))
      expect(readFileSync(join(ROOT, path))).toBeDefined()
    expect(all).toContain(`sh ${SCRIPT} "$IMAGE_REGISTRY"`)
  })

  it('publishes where the repository says, and names no registry itself', () => {
    expect(text).toContain('IMAGE_REGISTRY: $' + '{{ vars.IMAGE_REGISTRY }}')
    expect(text).toContain('$' + '{{ secrets.REGISTRY_PASSWORD }}')
    const hosts = text.match(/\b[a-z0-9-]+\.(?:io|com|dev|net|org)\b/g) ?? []
    expect(hosts.filter(host => host !== 'example.org')).toEqual([])
  })
})
