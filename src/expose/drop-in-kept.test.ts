import { describe, expect, it } from 'vitest'
import type { Page, PageFamily } from '../core/page.ts'
import { createDropIn } from './drop-in.ts'
import { ask, someSite } from './exposition.test-helper.ts'
import type { Answer } from './types.ts'

const labels = [
  ['adco', '041476203915'],
  ['ptec', 'TH..'],
] as const

const metrics = (families: readonly PageFamily[]): ReadonlyMap<string, Page> =>
  new Map([['metrics', { kind: 'metrics', families }]])
const bodyOf = (answer: Answer) => Buffer.from(answer.body).toString('utf8')

describe('kept pages', () => {
  const withValue = (value: number) => metrics([{ ...family(), samples: [{ labels, value }] }])

  it('are the same Buffer until the page changes, in every form', () => {
    const made = createDropIn(someSite('python'))
    const asks = [
      ask(),
      ask({ accept: 'application/openmetrics-text' }),
      ask({ acceptEncoding: 'gzip' }),
      ask({ accept: 'application/openmetrics-text', acceptEncoding: 'gzip' }),
    ]
    const bodies = () => asks.map(a => made.answer('/metrics', a).body)

    made.update(withValue(1))
    const first = bodies()
    made.update(withValue(1))
    const second = bodies()
    made.update(withValue(2))
    const third = bodies()

    expect(new Set([...first, ...second]).size).toBe(4)
    expect(new Set([...first, ...third]).size).toBe(8)
  })

  it.each<[string, readonly PageFamily[]]>([
    ['another value', [{ ...family(), samples: [{ labels, value: 2 }] }]],
    [
      'another label value',
      [
        {
          ...family(),
          samples: [
            {
              labels: [
                ['adco', 'x'],
                ['ptec', 'TH..'],
              ],
              value: 1,
            },
          ],
        },
      ],
    ],
    ['a label less', [{ ...family(), samples: [{ labels: [['adco', '041476203915']], value: 1 }] }]],
    ['another sample name', [{ ...family(), samples: [{ name: 'b', labels, value: 1 }] }]],
    [
      'a sample more',
      [
        {
          ...family(),
          samples: [
            { labels, value: 1 },
            { labels: [], value: 1 },
          ],
        },
      ],
    ],
    ['no sample', [{ ...family(), samples: [] }]],
    ['another help', [{ ...family(), help: 'B' }]],
    ['another type', [{ ...family(), type: 'gauge' }]],
    ['a family more', [family(), { ...family(), name: 'b' }]],
    ['no family', []],
  ])('follow %s', (_, next) => {
    const made = createDropIn(someSite('python'))
    made.update(metrics([family()]))
    made.answer('/metrics', ask())

    made.update(metrics(next))

    const fresh = createDropIn(someSite('python'))
    fresh.update(metrics(next))
    expect(bodyOf(made.answer('/metrics', ask()))).toBe(bodyOf(fresh.answer('/metrics', ask())))
  })

  it('leave out a value that is no number', () => {
    const families = [{ ...family(), samples: [{ labels, value: undefined }] }]
    const made = createDropIn(someSite('python'))

    Reflect.apply(made.update, undefined, [new Map([['metrics', { kind: 'metrics', families }]])])

    expect(bodyOf(made.answer('/metrics', ask()))).toBe('# HELP a_total A\n# TYPE a_total counter\n')
  })

  it('survive a time without readings', () => {
    const made = createDropIn(someSite('python'))
    made.update(metrics([family()]))
    const before = bodyOf(made.answer('/metrics', ask()))

    made.update(new Map([['metrics', { kind: 'unavailable', message: 'x' }]]))
    made.update(metrics([family()]))

    expect(bodyOf(made.answer('/metrics', ask()))).toBe(before)
  })

  function family(): PageFamily {
    return { name: 'a', help: 'A', type: 'counter', samples: [{ labels, value: 1 }] }
  }
})
