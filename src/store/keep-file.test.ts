import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Log } from '../core/log.ts'
import { fakeClock } from '../testing/fake-clock.ts'
import { fileKeep } from './keep-file.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hearth-keep-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function start(over: { folder?: string; name?: string } = {}) {
  const clock = fakeClock()
  const lines: string[] = []
  const note = (message: string) => void lines.push(message)
  const log: Log = { debug: note, info: note, warn: note, error: note, with: () => log }
  return { clock, lines, keep: fileKeep({ folder, name: 'pump', clock, log, ...over }) }
}

const saved = () => JSON.parse(readFileSync(join(folder, 'pump.json'), 'utf8'))

describe('what a device remembers', () => {
  it('comes back after a restart', () => {
    const before = start()
    before.keep.save({ kWh: 4.5 })
    before.keep.close()

    expect(start().keep.load()).toEqual({ kWh: 4.5 })
    expect(readdirSync(folder)).toEqual(['pump.json'])
  })

  it('is written at once for the first time, then once a minute', async () => {
    const { keep, clock } = start()
    keep.save(1)
    await clock.advance(1)
    expect(saved()).toBe(1)
    keep.save(2)
    await clock.advance(30_000)
    keep.save(3)
    expect(saved()).toBe(1)
    await clock.advance(30_000)
    expect(saved()).toBe(3)
  })

  it('is nothing on a fresh disk', () => {
    const { keep, lines } = start()

    expect(keep.load()).toBeUndefined()
    expect(lines).toEqual([])
  })

  it('is set aside when the file is damaged, and the log says so', () => {
    writeFileSync(join(folder, 'pump.json'), '{"kWh": 4.')
    const { keep, lines } = start()

    expect(keep.load()).toBeUndefined()
    expect(readdirSync(folder)).toEqual(['pump.json.bad'])
    expect(lines[0]).toContain('is damaged')
  })

  it('does not stop anything when the disk refuses: said once, tried again each minute', async () => {
    writeFileSync(join(folder, 'file'), '')
    const { keep, clock, lines } = start({ folder: join(folder, 'file', 'data') })
    keep.save(1)
    await clock.advance(180_000)
    keep.save(2)
    await clock.advance(60_000)

    expect(lines.length).toBe(1)
    expect(lines[0]).toContain('cannot be written')
    expect(lines[0]).toContain('data_dir')
  })

  it('does not hold the process when it ends while the disk refuses', async () => {
    writeFileSync(join(folder, 'file'), '')
    const { keep, clock } = start({ folder: join(folder, 'file') })
    keep.save(1)
    await clock.advance(1)
    keep.save(2)
    keep.close()
    expect(clock.pending).toBe(0)
  })

  it('says when a disk that refused takes it again', async () => {
    writeFileSync(join(folder, 'data'), '')
    const { keep, clock, lines } = start({ folder: join(folder, 'data') })
    keep.save(7)
    await clock.advance(1)
    rmSync(join(folder, 'data'))
    await clock.advance(60_000)

    expect(lines[1]).toContain('is written again')
    expect(JSON.parse(readFileSync(join(folder, 'data', 'pump.json'), 'utf8'))).toBe(7)
  })

  it('is put into folders that are made for it, and gives up where none can be made', async () => {
    const deep = start({ folder: join(folder, 'a', 'b') })
    deep.keep.save(1)
    await deep.clock.advance(1)
    expect(readdirSync(join(folder, 'a', 'b'))).toEqual(['pump.json'])

    writeFileSync(join(folder, 'file'), '')
    for (const wrong of ['/proc/hearth/none', join(folder, 'file', 'none')]) {
      const { keep, lines, clock } = start({ folder: wrong })
      keep.save(1)
      await clock.advance(1)
      expect(lines).toEqual([expect.stringContaining('cannot be written')])
    }
  })
})
