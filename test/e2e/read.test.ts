import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { parseText } from '../../src/testing/exposition-parser.ts'
import { cleanUp, temporaryFolder } from '../support/clean-up.ts'
import { HEARTH, ROOT, simulateLinky, startHearth } from '../support/hearth.ts'
import { runOnce } from '../support/run-once.ts'

afterAll(cleanUp)

const capture = (name: string) => `file:${join(ROOT, 'src/devices/linky/fixtures', name)}`
const read = (target: string, ...args: string[]) => runOnce(HEARTH, ['read', 'linky', target, ...args])

describe('hearth read', () => {
  it('prints a capture as a table', () => {
    const { exitCode, stdout } = read(capture('document.good.bin'))
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^BASE +2354780 Wh$/m)
    expect(stdout).toMatch(/^PTEC +TH\.\.$/m)
  })

  it('prints it as JSON, nothing masked', () => {
    const object = JSON.parse(read(capture('standard.good.bin'), '--format', 'json').stdout)
    const byKey = Object.fromEntries(
      object.readings.map((reading: { key: string }) => [reading.key, reading]),
    )
    expect(object.device).toMatchObject({ name: 'linky', type: 'linky' })
    expect(object.device.info.serial).toMatch(/^\d{12}$/)
    expect(byKey['PRM'].value).toMatch(/^\d{14}$/)
    expect(byKey['EAST']).toMatchObject({ unit: 'Wh', raw: expect.stringMatching(/^\d{9}$/) })
    expect(byKey['DATE'].at).toMatch(/^\d{4}-\d\d-\d\dT/)
    expect(object.errors).toMatchObject({ checksum: 0, framing: 0 })
  })

  it('prints a line for each complete frame with --all', () => {
    const lines = read(capture('hc.good.bin'), '--format', 'json', '--all').stdout.trim().split('\n')
    expect(lines.length).toBeGreaterThan(1)
    for (const line of lines) expect(JSON.parse(line).readings.length).toBeGreaterThan(5)
  })

  it('prints the page of the original, and the neutral dialect', () => {
    expect(read(capture('document.good.bin'), '--format', 'drop-in').stdout).toContain('linky_base{')
    const { stdout } = read(capture('document.good.bin'), '--format', 'unified')
    expect(() => parseText(stdout)).not.toThrow()
    expect(stdout).toContain('hearth_meter_energy_joules_total{')
  })

  it('reads a live line and ends', async () => {
    const meter = await simulateLinky('historique-three-phase', '--pace', '4')
    const { exitCode, stdout } = read(meter.place)
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^IINST3 /m)
  })

  it('takes the last of a repeated label and keeps a label it does not know', () => {
    const group = (label: string, data: string) => {
      const sum = [...`${label} ${data}`].reduce((total, c) => total + c.charCodeAt(0), 0)
      return `\n${label} ${data} ${String.fromCharCode((sum & 0x3f) + 0x20)}\r`
    }
    const groups = [
      group('ADCO', '041476203915'),
      group('PAPP', '00100'),
      group('FOO', 'BAR'),
      group('PAPP', '00200'),
    ]
    const file = join(temporaryFolder(), 'repeated.bin')
    writeFileSync(file, `\x02${groups.join('')}\x03`)
    const object = JSON.parse(read(`file:${file}`, '--format', 'json').stdout)
    expect(
      object.readings
        .filter(({ key }: { key: string }) => key === 'PAPP')
        .map(({ value }: { value: number }) => value),
    ).toEqual([200])
    expect(object.readings).toContainEqual({ key: 'FOO', value: 'BAR', raw: 'BAR' })
  })

  it('prints every complete frame, damaged ones too, and the state after the last complete one', () => {
    const good = readFileSync(join(ROOT, 'src/devices/linky/fixtures/document.good.bin'), 'latin1')
    const [frame = ''] = /\x02[^\x03]*\x03/.exec(good) ?? []
    const bad = frame.replace('PAPP 02610', 'PAPP 02611')
    const cut = `${frame.slice(0, frame.indexOf('\nIMAX')).replace('IINST 011 Y', 'IINST 009  ')}\x04`
    const file = (name: string, text: string) => {
      const path = join(temporaryFolder(), name)
      writeFileSync(path, text, 'latin1')
      return `file:${path}`
    }
    const lines = (text: string) =>
      read(file('all.bin', text), '--format', 'json', '--all').stdout.trim().split('\n')
    expect(lines(bad)).toHaveLength(1)
    expect(lines(bad + frame + frame)).toHaveLength(3)
    expect(lines(frame + frame.slice(0, 60) + frame)).toHaveLength(2)
    expect(read(file('cut.bin', frame + cut)).stdout).toMatch(/^IINST +11 A$/m)
    expect(read(file('only-cut.bin', cut)).exitCode).toBe(1)
  })

  it('says on stderr that there is no page yet, and ends with 1', () => {
    const file = join(temporaryFolder(), 'short.bin')
    const group = (label: string, data: string) => {
      const sum = [...`${label} ${data}`].reduce((total, c) => total + c.charCodeAt(0), 0)
      return `\n${label} ${data} ${String.fromCharCode((sum & 0x3f) + 0x20)}\r`
    }
    const rows = [
      ['ADCO', '041476203915'],
      ['IINST1', '001'],
      ['IINST2', '002'],
      ['IINST3', '003'],
    ] as const
    writeFileSync(file, `\x02${rows.map(([label, data]) => group(label, data)).join('')}\x03`)
    const { exitCode, stdout, stderr } = read(`file:${file}`, '--format', 'drop-in')
    expect([exitCode, stdout]).toEqual([1, ''])
    expect(stderr).toContain('No complete frame')
  })

  it.each([
    ['an empty capture', 'empty.bin', ''],
    ['a capture without a frame', 'noise.bin', 'no frame in here'],
  ])('ends with 1 for %s and says so in one line', (_name, name, text) => {
    const file = join(temporaryFolder(), name)
    writeFileSync(file, text)
    const { exitCode, stdout, stderr } = read(`file:${file}`)
    expect([exitCode, stdout]).toEqual([1, ''])
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })

  it('ends with 1 for a silent line, and says what was tried', async () => {
    const meter = await simulateLinky('silent')
    const program = startHearth(['read', 'linky', meter.place, '--set', 'frame_timeout=1s'])
    expect(await program.ended).toBe(1)
    expect(program.stderr()).toMatch(/no byte in 1 s/)
  })
})
