import { describe, expect, it } from 'vitest'
import { HearthError } from '../../core/errors.ts'
import type { Connection, LineSettings, LineTransport } from '../../core/line.ts'
import { testUse } from '../../testing/use.ts'
import { type LinkySettings, linkyFeed } from './feed.ts'
import { recordingSlot } from './frames.test-helper.ts'

const FRAME = '\x02\nOPTARIF BASE 0\r\nPTEC TH.. $\r\nIINST 003 Z\r\nHHPHC A ,\r\x03'

/** A line that a test feeds by hand. */
function fakeLine(isLive = true) {
  const opened: LineSettings[] = []
  let push: (chunk: Uint8Array | 'end') => void = () => {}
  let closed = 0
  const transport: LineTransport = {
    place: 'fake',
    async open(settings) {
      opened.push(settings)
      const waiting: (Uint8Array | 'end')[] = []
      let wake = () => {}
      push = chunk => {
        waiting.push(chunk)
        wake()
      }
      const connection: Connection = {
        isLive,
        async *read(signal) {
          signal.addEventListener('abort', () => wake())
          for (;;) {
            const next = waiting.shift()
            if (next === 'end') {
              if (isLive) throw new HearthError('HEARTH_LINE_LOST', 'fake: lost', { kind: 'connect' })
              return
            }
            if (next) yield next
            else if (signal.aborted) return
            else
              await new Promise<void>(resolve => {
                wake = resolve
              })
          }
        },
        async write() {
          throw new Error('a meter is never written to')
        },
        async close() {
          closed++
        },
      }
      return connection
    },
  }
  return {
    transport,
    opened,
    send: (text: string) => push(Buffer.from(text, 'latin1')),
    end: () => push('end'),
    closed: () => closed,
  }
}

function start(over: Partial<LinkySettings> = {}, isLive = true) {
  const line = fakeLine(isLive)
  const recording = recordingSlot()
  const stop = new AbortController()
  const settings: LinkySettings = {
    port: '/dev/ttyUSB0',
    mode: 'auto',
    baudRate: undefined,
    frameTimeoutMs: 10_000,
    ...over,
  }
  const feed = linkyFeed(settings, testUse({ clock: recording.clock, line: () => line.transport }))
  const run = () =>
    feed.run(recording.report, stop.signal).then(
      () => 'ended',
      (error: HearthError) => error,
    )
  return { ...recording, ...line, stop, run }
}

describe('linky feed', () => {
  it('opens 7E1 and never writes', async () => {
    const { run, opened, clock, send, slot, stop } = start({ mode: 'historique' })
    const done = run()
    await clock.advance(0)
    send(FRAME)
    await clock.advance(0)
    stop.abort()
    expect(await done).toBe('ended')
    expect(opened).toEqual([{ baudRate: 1200, dataBits: 7, parity: 'even', stopBits: 1, gatherMs: 500 }])
    expect(slot.view().readings.get('IINST')?.value).toBe(3)
  })

  it('tries 9600 and 1200 baud in turn until one speaks, and then stays', async () => {
    const { run, opened, clock, send, end } = start()
    for (let i = 0; i < 2; i++) {
      const done = run()
      await clock.advance(6_000)
      expect(await done).toMatchObject({ code: 'HEARTH_LINE_SILENT', kind: 'timeout' })
    }
    const first = run()
    await clock.advance(6_000)
    await first
    const second = run()
    await clock.advance(0)
    send(FRAME)
    await clock.advance(0)
    end()
    await second
    const third = run()
    await clock.advance(6_000)
    await third
    expect(opened.map(({ baudRate }) => baudRate)).toEqual([9600, 1200, 9600, 1200, 1200])
  })

  it('uses the speed of the configuration where an adapter changes it', async () => {
    const { run, opened, clock } = start({ mode: 'historique', baudRate: 9600 })
    const done = run()
    await clock.advance(10_000)
    await done
    expect(opened[0]?.baudRate).toBe(9600)
  })

  it('calls a line silent after the frame timeout, and says where and what to look at', async () => {
    const { run, clock } = start({ mode: 'historique' })
    const done = run()
    await clock.advance(9_999)
    await clock.advance(1)
    expect(await done).toMatchObject({
      message: '/dev/ttyUSB0 at 1200 baud: no byte in 10 s',
      hint: expect.stringContaining('wires'),
    })
  })

  it('tells bytes without frames from silence', async () => {
    const { run, clock, send } = start({ mode: 'historique' })
    const done = run()
    await clock.advance(0)
    send('no frame in here')
    await clock.advance(10_000)
    expect(await done).toMatchObject({ code: 'HEARTH_LINE_NO_FRAME', kind: 'framing' })
  })

  it('does not blame the wires while frames come in which no group can be read', async () => {
    const { run, clock, send } = start({ mode: 'historique' })
    const done = run()
    await clock.advance(0)
    for (let i = 0; i < 9; i++) {
      send('\x02\nIRMS1\t003\t1\r\x03')
      await clock.advance(1_000)
    }
    await clock.advance(1_000)
    expect(await done).toMatchObject({ code: 'HEARTH_LINE_NO_FRAME', kind: 'framing' })
  })

  it('goes on as long as frames come', async () => {
    const { run, clock, send, stop, attempts } = start({ mode: 'historique' })
    const done = run()
    for (let i = 0; i < 10; i++) {
      await clock.advance(5_000)
      send(FRAME)
    }
    await clock.advance(0)
    stop.abort()
    expect(await done).toBe('ended')
    expect(attempts).toHaveLength(10)
  })

  it('tells when the line is lost, and closes it', async () => {
    const { run, clock, end, closed } = start()
    const done = run()
    await clock.advance(0)
    end()
    expect(await done).toMatchObject({ code: 'HEARTH_LINE_LOST' })
    expect(closed()).toBe(1)
  })

  it('reads a capture to its end without a watch over silence', async () => {
    const { run, clock, send, end, attempts } = start({}, false)
    const done = run()
    await clock.advance(60_000)
    send(FRAME)
    end()
    expect(await done).toBe('ended')
    expect(attempts).toEqual([true])
  })

  it('leaves no timer behind', async () => {
    const { run, clock, stop, slot } = start()
    const done = run()
    await clock.advance(0)
    stop.abort()
    await done
    slot.close()
    expect(clock.pending).toBe(0)
  })
})
