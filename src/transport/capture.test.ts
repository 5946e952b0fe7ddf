import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { systemClock } from '../core/clock.ts'
import type { Connection, LineSettings } from '../core/line.ts'
import { lineTransport } from './index.ts'

const SETTINGS: LineSettings = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 }
const folder = mkdtempSync(join(tmpdir(), 'hearth-capture-'))
const { signal: never } = new AbortController()
afterAll(() => rmSync(folder, { recursive: true }))

const open = (path: string): Promise<Connection> =>
  lineTransport(`file:${path}`, { clock: systemClock }).open(SETTINGS, never)

async function wholeOf(connection: Connection): Promise<Buffer> {
  const chunks: Buffer[] = []
  // A copy: a chunk is valid only until the next.
  for await (const chunk of connection.read(never)) chunks.push(Buffer.from(chunk))
  await connection.close()
  return Buffer.concat(chunks)
}

describe('a capture', () => {
  test.each([0, 1, 65_536, 200_001])('of %i bytes is given whole and then ends', async size => {
    const bytes = Buffer.from(Array.from({ length: size }, (_, index) => index % 251))
    writeFileSync(join(folder, 'capture'), bytes)
    const connection = await open(join(folder, 'capture'))

    expect((await wholeOf(connection)).equals(bytes)).toBe(true)
    expect(connection.isLive).toBe(false)
  })

  test('goes on where the last read stopped, and drops what is written to it', async () => {
    writeFileSync(join(folder, 'long'), Buffer.alloc(65_536 + 10, 'x'))
    const connection = await open(join(folder, 'long'))
    await connection.write(Buffer.from('S?\r'), never)
    for await (const _ of connection.read(never)) break

    expect(await wholeOf(connection)).toEqual(Buffer.alloc(10, 'x'))
  })

  test('can be closed in the middle of a read, without a descriptor left', async () => {
    writeFileSync(join(folder, 'short'), 'x')
    const before = readdirSync('/proc/self/fd').length
    for (let round = 0; round < 20; round++) {
      const connection = await open(join(folder, 'short'))
      const reading = connection.read(never)[Symbol.asyncIterator]().next()
      await connection.close()
      await connection.close()
      await reading
    }

    expect(readdirSync('/proc/self/fd').length).toBeLessThanOrEqual(before)
  })

  test('may be a pipe whose writer comes later', async () => {
    const pipe = join(folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    const connection = await open(pipe)
    const reading = wholeOf(connection)

    spawn('sh', ['-c', `printf one; sleep 0.2; printf two`], {
      stdio: ['ignore', 'pipe', 'ignore'],
    }).stdout.pipe((await import('node:fs')).createWriteStream(pipe))

    expect((await reading).toString()).toBe('onetwo')
  })

  test('that is a pipe without a writer ends its read at an abort', async () => {
    const pipe = join(folder, 'empty-pipe')
    execFileSync('mkfifo', [pipe])
    const connection = await open(pipe)
    const stop = new AbortController()
    const reading = connection.read(stop.signal)[Symbol.asyncIterator]().next()

    stop.abort()

    expect(await reading).toMatchObject({ done: true })
    await connection.close()
  })

  test.each([
    ['absent', () => join(folder, 'absent'), 'HEARTH_CAPTURE_MISSING'],
    ['a folder', () => join(folder, 'sub'), 'HEARTH_CAPTURE_UNREADABLE'],
    ['a device', () => '/dev/null', 'HEARTH_CAPTURE_UNREADABLE'],
    ['below a file', () => join(folder, 'plain', 'x'), 'HEARTH_CAPTURE_UNREADABLE'],
  ])('that is %s is refused', async (_, path, code) => {
    mkdirSync(join(folder, 'sub'), { recursive: true })
    writeFileSync(join(folder, 'plain'), '')

    await expect(open(path())).rejects.toMatchObject({ code, kind: 'connect' })
  })
})
