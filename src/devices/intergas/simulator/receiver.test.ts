import { describe, expect, it } from 'vitest'
import { fakeClock } from '../../../testing/fake-clock.ts'
import { hexText } from './bytes.ts'
import type { Dialect } from './commands.ts'
import { COMMAND_SILENCE_MS, createReceiver } from './receiver.ts'

function listen(dialect: Dialect = 'plain') {
  const clock = fakeClock()
  const heard: string[] = []
  const receiver = createReceiver(dialect, clock, one => {
    heard.push(one.kind === 'command' ? one.command.name : `${one.kind} ${hexText(one.bytes)}`)
  })
  return { clock, heard, receiver, say: (text: string) => receiver.take(Buffer.from(text, 'latin1')) }
}

describe('createReceiver', () => {
  it.each(['S?\r', 'S2\r', 'CRC', 'HN\r', 'V?\r', 'V1\r', 'EN\r', 'REV', 'B?\r', 'B2\r'])(
    'hears %j as soon as its last byte is there',
    text => {
      const { heard, say } = listen()

      for (const character of text) say(character)

      expect(heard).toEqual([text.replace('\r', '')])
    },
  )

  it('hears commands that come in one piece one after the other', () => {
    const { heard, say } = listen()

    say('S?\rCRCHN\r')

    expect(heard).toEqual(['S?', 'CRC', 'HN'])
  })

  it('drops a command that is not finished, after a silence', async () => {
    const { clock, heard, say } = listen()
    say('S?')
    await clock.advance(COMMAND_SILENCE_MS)
    say('\r')
    await clock.advance(COMMAND_SILENCE_MS)
    say('S?\r')

    expect(heard).toEqual(['incomplete 533f', 'unknown 0d', 'S?'])
  })

  it('waits for the rest of a command that comes slowly', async () => {
    const { clock, heard, say } = listen()
    say('S')
    await clock.advance(COMMAND_SILENCE_MS - 1)
    say('2')
    await clock.advance(COMMAND_SILENCE_MS - 1)
    say('\r')

    expect(heard).toEqual(['S2'])
  })

  it.each([
    ['LX?\r', ['unknown 4c583f0d', 'CRC']],
    ['VER\r', ['unknown 5645520d', 'CRC']],
    ['XS?\r', ['unknown 58533f0d', 'CRC']],
    ['s?\r', ['unknown 733f0d', 'CRC']],
  ])('takes %j for no command, and hears the next one', (text, expected) => {
    const { heard, say } = listen()

    say(text)
    say('CRC')

    expect(heard).toEqual(expected)
  })

  it('drops what is unknown up to a silence where no carriage return comes', async () => {
    const { clock, heard, say } = listen()
    say('XYZ')
    await clock.advance(COMMAND_SILENCE_MS)
    say('CRC')

    expect(heard).toEqual(['unknown 58595a', 'CRC'])
  })

  it('reports a write, whole or not', async () => {
    const { clock, heard, say } = listen()
    say('P\x05\x32\x67')
    say('S?\r')
    say('P\x05')
    await clock.advance(COMMAND_SILENCE_MS)

    expect(heard).toEqual(['write 50053267', 'S?', 'write 5005'])
  })

  it('keeps no more than 64 bytes of noise', async () => {
    const { clock, heard, say } = listen()
    say('x'.repeat(5000))
    await clock.advance(COMMAND_SILENCE_MS)

    expect(heard).toEqual([`unknown ${'78'.repeat(64)}`])
  })

  it('hears an Xtreme command with its check byte only', async () => {
    const { clock, heard, say } = listen('xor')
    say('S?\r')
    await clock.advance(COMMAND_SILENCE_MS)
    say('S?\r\x60')
    await clock.advance(COMMAND_SILENCE_MS)
    say('S?\ra')
    say('REV')

    expect(heard).toEqual(['incomplete 533f0d', 'unknown 533f0d60', 'S?', 'REV'])
  })

  it('leaves no timer', async () => {
    const { clock, receiver, say } = listen()
    say('S')
    receiver.stop()

    expect(clock.pending).toBe(0)
  })
})
