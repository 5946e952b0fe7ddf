import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { cleanUp, temporaryFolder } from '../support/clean-up.ts'
import { ROOT } from '../support/hearth.ts'
import { runOnce } from '../support/run-once.ts'

const FOLDER = join(ROOT, 'packaging/container')

afterAll(cleanUp)

function notEmpty(): string {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'letter'), 'precious')
  return folder
}

describe('scripts of the container image', () => {
  it.each([
    {
      script: 'build.sh',
      args: () => [],
      exitCode: 2,
      words:
        'name the image to build: linky-exporter, intergas-exporter, kronoterm-cloud-relay, isg_exporter, ems-esp or hearth',
    },
    { script: 'build.sh', args: () => ['grafana'], exitCode: 2, words: 'name the image to build' },
    { script: 'assemble.sh', args: () => [], exitCode: 1, words: 'name one folder to write to' },
    { script: 'assemble.sh', args: () => [notEmpty()], exitCode: 1, words: 'is not empty' },
    { script: 'assemble.sh', args: () => [notEmpty(), 'mips'], exitCode: 1, words: 'no Node for mips' },
  ])('$script refuses: $words', ({ script, args, exitCode, words }) => {
    const finished = runOnce('sh', [join(FOLDER, script), ...args()])
    expect(finished).toMatchObject({ exitCode, stdout: '' })
    expect(finished.stderr).toContain(words)
    expect(finished.stderr.trim().split('\n')).toHaveLength(1)
  })

  it('build.sh ends as the build ends, and removes what it put together', () => {
    const folder = temporaryFolder()
    const build = (command: string) =>
      runOnce('sh', [join(FOLDER, 'build.sh'), 'hearth'], {
        env: { TMPDIR: folder, CONTAINER_BUILD: command },
      })
    const shown = build('echo build')
    expect(shown).toMatchObject({ exitCode: 0, stderr: '' })
    expect(shown.stdout).toMatch(
      /^build --file \S+\/Containerfile --target hearth --build-arg VERSION=\d+\.\d+\.\d+ --tag hearth \S+\n$/,
    )
    // Only Docker's format of images knows health checks.
    expect(build('echo buildah').stdout).toMatch(/^buildah --format docker --file /)
    expect(build('false').exitCode).toBe(1)
    expect(runOnce('ls', ['-A', folder]).stdout).toBe('')
  })
})
