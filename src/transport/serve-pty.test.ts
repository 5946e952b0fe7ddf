import { spawn } from 'node:child_process'
import { existsSync, lstatSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { systemClock } from '../core/clock.ts'
import type { Connection, LineSettings } from '../core/line.ts'
import type { SimulatedLine } from '../core/simulator.ts'
import { fakeClock } from '../testing/fake-clock.ts'
import { lineTransport } from './index.ts'
import { type ServedPty, servePty } from './serve.ts'

const SETTINGS: LineSettings = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 }
const folder = mkdtempSync(join(tmpdir(), 'hearth-serve-'))
const { signal: never } = new AbortController()
let served: ServedPty | undefined

afterEach(async () => {
  vi.unstubAllEnvs()
  await served?.close()
  served = undefined
})
afterAll(() => rmSync(folder, { recursive: true }))

async function serve(path: string): Promise<SimulatedLine> {
  let line: SimulatedLine | undefined
  served = await servePty(path, next => {
    line = next
  })
  if (!line) throw new Error('there is no line')
  return line
}

const read = (path: string): Promise<Connection> =>
  lineTransport(path, { clock: systemClock }).open(SETTINGS, never)

async function take(connection: Connection, characters: number): Promise<string> {
  let text = ''
  for await (const chunk of connection.read(never)) {
    text += Buffer.from(chunk).toString('latin1')
    if (text.length >= characters) break
  }
  return text
}

describe('a simulated line on a pseudo-terminal', () => {
  test('goes on for the next reader when one has left', async () => {
    const path = join(folder, 'line')
    const line = await serve(path)

    for (const word of ['first', 'second', 'third']) {
      const connection = await read(path)
      const reading = take(connection, word.length)
      await line.send(Buffer.from(word))
      expect(await reading).toBe(word)
      await connection.close()
    }

    expect(line.gone.aborted).toBe(false)
  })

  test('loses what nobody reads instead of keeping it', async () => {
    const path = join(folder, 'unread')
    const line = await serve(path)
    const block = Buffer.alloc(16 * 1024, 'x')
    for (let round = 0; round < 5; round++) await line.send(block)
    const connection = await read(path)

    const stop = new AbortController()
    let length = 0
    setTimeout(() => stop.abort(), 1000)
    for await (const chunk of connection.read(stop.signal)) length += chunk.length
    await connection.close()

    expect(length).toBeLessThan(3 * block.length)
  })

  test.each(['a,b:c', 'it\'s (a) [b]{c} "d" \\e!!f'])(
    'may have the path %s, and takes it away at the end',
    async name => {
      const path = join(folder, name)
      await serve(path)
      expect(lstatSync(path).isSymbolicLink()).toBe(true)

      await served?.close()

      expect(existsSync(path)).toBe(false)
      expect(readdirSync(folder)).not.toContain(name)
    },
  )

  test('takes the place of what a killed simulator left', async () => {
    const path = join(folder, 'left')
    symlinkSync('/dev/pts/99999', path)

    await serve(path)

    expect(existsSync(path)).toBe(true)
  })

  test('never takes the place of a file', async () => {
    const path = join(folder, 'precious')
    writeFileSync(path, 'mine')

    await expect(serve(path)).rejects.toMatchObject({ code: 'HEARTH_PTY_TAKEN' })
  })

  test('in a folder that is not there is an error with the reason', async () => {
    await expect(serve(join(folder, 'absent', 'line'))).rejects.toMatchObject({
      code: 'HEARTH_PTY_FAILED',
      message: expect.stringContaining('No such file or directory'),
    })
  })

  test('without socat says what to install', async () => {
    vi.stubEnv('PATH', folder)

    await expect(serve(join(folder, 'no-socat'))).rejects.toMatchObject({
      code: 'HEARTH_SOCAT_MISSING',
      hint: expect.stringContaining('apt install socat'),
    })
  })

  test('is made anew a second after the cable was pulled', async () => {
    const clock = fakeClock()
    const lines: SimulatedLine[] = []
    served = await servePty(join(folder, 'pulled'), line => lines.push(line), { clock })
    lines[0]?.hangUp()
    await expect.poll(() => clock.pending).toBe(1)

    expect(existsSync(join(folder, 'pulled'))).toBe(false)
    await clock.advance(1000)

    await expect.poll(() => lines.length).toBe(2)
    expect(existsSync(join(folder, 'pulled'))).toBe(true)
  })

  test('does not outlive a simulator that is killed', async () => {
    const path = join(folder, 'killed')
    const serveModule = join(import.meta.dirname, 'serve.ts')
    const child = spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `const { servePty } = await import(${JSON.stringify(serveModule)}); await servePty(process.argv[1], () => {}); console.log('up')`,
        path,
      ],
      // What a killed process leaves behind goes with the folder of this test.
      { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, TMPDIR: folder } },
    )
    for await (const _ of child.stdout) break
    expect(existsSync(path)).toBe(true)

    child.kill('SIGKILL')

    await expect.poll(() => existsSync(path), { timeout: 5000 }).toBe(false)
  })
})
