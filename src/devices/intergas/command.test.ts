import { describe, expect, it } from 'vitest'
import { INTERGAS_COMMAND } from './command.ts'
import { COMMANDS, xorOf } from './commands.ts'

describe('intergas-exporter', () => {
  it("has the original's device and port", () => {
    const defaults = Object.fromEntries(
      INTERGAS_COMMAND.options.map(({ name, default: preset }) => [name, preset]),
    )
    expect(INTERGAS_COMMAND.resolve(defaults)).toEqual({ settings: { port: '/dev/ttyUSB-PL2303' } })
    expect(INTERGAS_COMMAND).toMatchObject({ defaultPort: 8080, portEnv: 'INTERGAS_EXPORTER_PORT' })
  })

  it('takes another line', () => {
    const { settings } = INTERGAS_COMMAND.resolve({ interface: 'tcp://boiler:3333' })
    expect(settings).toEqual({ port: 'tcp://boiler:3333' })
  })
})

describe('commands', () => {
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')

  it("are the original's five in its order", () => {
    const everyPoll = COMMANDS.plain.filter(({ paceMs }) => paceMs === undefined)
    expect(everyPoll.map(({ bytes }) => text(bytes))).toEqual(['S?\r', 'S2\r', 'CRC', 'HN\r', 'V?\r'])
    expect(everyPoll.map(({ isRequired }) => isRequired)).toEqual([true, true, true, true, false])
  })

  it('carry the check byte of the Xtreme behind the carriage return', () => {
    const last = COMMANDS.xtreme.slice(0, 4).map(({ bytes }) => bytes.at(-1))
    expect(last).toEqual([0x61, 0x6c, 0x52, 0x75])
    for (const { name, bytes } of COMMANDS.xtreme) if (name !== 'REV') expect(xorOf(bytes)).toBe(0)
  })

  it('never write: none begins as the one command that does', () => {
    for (const { bytes } of [...COMMANDS.plain, ...COMMANDS.xtreme]) expect(text(bytes)).not.toMatch(/^P/)
  })
})
