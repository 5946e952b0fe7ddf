import { describe, expect, it } from 'vitest'
import { fakeClock } from '../testing/fake-clock.ts'
import { createDialogue, type Patience, type Quiet } from './dialogue.ts'
import type { Connection } from './line.ts'

function start() {
  const clock = fakeClock()
  const waiting: Uint8Array[] = []
  const written: string[] = []
  let wake = () => {}
  let loss: Error | undefined
  let closed = 0
  const connection: Connection = {
    isLive: true,
    async *read(signal) {
      signal.addEventListener('abort', () => wake())
      while (!signal.aborted) {
        const next = waiting.shift()
        if (next) yield next
        else if (loss) throw loss
        else
          await new Promise<void>(resolve => {
            wake = resolve
          })
      }
    },
    async write(bytes) {
      written.push(Buffer.from(bytes).toString())
    },
    async close() {
      closed++
    },
  }
  const signal = new AbortController()
  return {
    clock,
    written,
    closed: () => closed,
    abort: () => signal.abort(),
    signal: signal.signal,
    dialogue: createDialogue(connection, clock),
    come(text: string) {
      waiting.push(Buffer.from(text))
      wake()
    },
    lose() {
      loss = new Error('lost')
      wake()
    },
  }
}

const patience: Patience = {
  firstByteMs: 1_000,
  pauseMs: bytes => (bytes.length < 4 ? 500 : 50),
  limitMs: 3_000,
}
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString()

describe('receive', () => {
  it('gives nothing when nothing comes in time', async () => {
    const { dialogue, clock, signal } = start()
    const answer = dialogue.receive(patience, signal)
    await clock.advance(1_000)
    expect(text(await answer)).toBe('')
  })

  it('joins pieces, and ends soon after the last byte that is due', async () => {
    const { dialogue, clock, signal, come } = start()
    let ended: string | undefined
    void dialogue.receive(patience, signal).then(bytes => {
      ended = text(bytes)
    })
    await clock.advance(900)
    come('ab')
    await clock.advance(499)
    come('cd')
    await clock.advance(49)
    expect(ended).toBeUndefined()
    await clock.advance(1)
    expect(ended).toBe('abcd')
  })

  it('gives the half of an answer that breaks off, and the too much of one that does not end', async () => {
    const { dialogue, clock, signal, come } = start()
    const half = dialogue.receive(patience, signal)
    come('ab')
    await clock.advance(500)
    expect(text(await half)).toBe('ab')
    await dialogue.untilQuiet(10, 100, signal, 'last byte')
    const drip = dialogue.receive({ ...patience, pauseMs: () => 500 }, signal)
    for (let i = 0; i < 10; i++) {
      come('x')
      await clock.advance(400)
    }
    expect((await drip).length).toBeLessThanOrEqual(8)
  })

  it('holds no more than its buffer of a line that never stops', async () => {
    const { dialogue, clock, signal, come } = start()
    const all = dialogue.receive(patience, signal)
    for (let i = 0; i < 10; i++) come('x'.repeat(1_000))
    await clock.advance(0)
    expect((await all).length).toBe(4_096)
  })
})

describe('receive with a least time', () => {
  it('hears what comes behind a whole answer that came too soon', async () => {
    const { dialogue, clock, signal, come } = start()
    const answer = dialogue.receive({ ...patience, leastMs: 200 }, signal)
    await clock.advance(20)
    come('abcd')
    await clock.advance(130)
    come('efgh')
    await clock.advance(50)
    expect(text(await answer)).toBe('abcdefgh')
  })

  it('leaves nothing behind that a later wait would count again', async () => {
    const { dialogue, clock, signal, come } = start()
    const answer = dialogue.receive(patience, signal)
    come('abcd')
    await clock.advance(50)
    expect(text(await answer)).toBe('abcd')
    await clock.advance(50)
    expect(await dialogue.untilQuiet(50, 100, signal, 'last byte')).toMatchObject({
      isQuiet: true,
      dropped: { length: 0 },
    })
  })
})

describe('untilQuiet', () => {
  it('throws away what came and comes, until it has been quiet for so long', async () => {
    const { dialogue, clock, signal, come } = start()
    come('old')
    await clock.advance(0)
    let ended: Quiet | undefined
    void dialogue.untilQuiet(100, 1_000, signal).then(quiet => {
      ended = quiet
    })
    await clock.advance(90)
    come('late')
    await clock.advance(99)
    expect(ended).toBeUndefined()
    await clock.advance(1)
    expect([ended?.isQuiet, text(ended?.dropped ?? new Uint8Array())]).toEqual([true, 'oldlate'])
    const answer = dialogue.receive(patience, signal)
    await clock.advance(1_000)
    expect(text(await answer)).toBe('')
  })

  it('counts from the last byte where that is enough', async () => {
    const { dialogue, clock, signal } = start()
    await clock.advance(100)
    expect(await dialogue.untilQuiet(100, 1_000, signal, 'last byte')).toMatchObject({
      isQuiet: true,
      dropped: { length: 0 },
    })
  })

  it('gives up on a line that goes on talking', async () => {
    const { dialogue, clock, signal, come } = start()
    const quiet = dialogue.untilQuiet(100, 300, signal)
    for (let i = 0; i < 6; i++) {
      come('x')
      await clock.advance(60)
    }
    expect(await quiet).toMatchObject({ isQuiet: false, dropped: { length: 5 } })
  })
})

describe('untilHeard', () => {
  it('ends with the first byte, which the next wait for silence throws away and counts', async () => {
    const { dialogue, clock, signal, come } = start()
    const heard = dialogue.untilHeard(1_000, signal)
    await clock.advance(400)
    come('late')
    await clock.advance(0)
    expect(await heard).toBe(true)
    const quiet = dialogue.untilQuiet(100, 1_000, signal)
    await clock.advance(100)
    expect(await quiet).toMatchObject({ isQuiet: true, dropped: { length: 4 } })
  })

  it('ends when nothing comes', async () => {
    const { dialogue, clock, signal } = start()
    const heard = dialogue.untilHeard(1_000, signal)
    await clock.advance(1_000)
    expect([await heard, clock.pending]).toEqual([false, 0])
  })
})

describe('a dialogue', () => {
  it('drops what came before a question', async () => {
    const { dialogue, clock, signal, come, written } = start()
    come('old')
    await clock.advance(0)
    await dialogue.send(Buffer.from('S?'), signal)
    const answer = dialogue.receive(patience, signal)
    come('new!')
    await clock.advance(50)
    expect([written, text(await answer)]).toEqual([['S?'], 'new!'])
  })

  it('tells at the next question that the line was lost meanwhile', async () => {
    const { dialogue, clock, signal, lose } = start()
    lose()
    await clock.advance(0)
    await expect(dialogue.send(Buffer.from('S?'), signal)).rejects.toThrow('lost')
    await expect(dialogue.untilQuiet(10, 100, signal)).rejects.toThrow('lost')
    await expect(dialogue.receive(patience, signal)).rejects.toThrow('lost')
  })

  it('ends every wait when it is told to, and leaves no timer', async () => {
    const { dialogue, clock, signal, abort, closed } = start()
    const quiet = dialogue.untilQuiet(100, 1_000, signal)
    abort()
    expect((await quiet).isQuiet).toBe(false)
    expect(text(await dialogue.receive(patience, signal))).toBe('')
    await dialogue.close()
    expect([closed(), clock.pending]).toEqual([1, 0])
  })
})
