import { type Answer, jsonAnswer } from './answer.ts'
import { object } from './json.ts'

const DEEP = '['.repeat(400) + ']'.repeat(400)

/** Good JSON that means nothing, or something else than it should. */
const SHAPES: readonly Answer[] = [
  jsonAnswer([]),
  jsonAnswer('boiler'),
  jsonAnswer(null),
  jsonAnswer(42),
  jsonAnswer(
    object([
      ['system', []],
      ['devices', object([['boiler', 1]])],
    ]),
  ),
  jsonAnswer(object([['devices', [null, 7, 'boiler', object([['type', 5]])]]])),
  jsonAnswer(
    object([
      ['seltemp', object([['value', object([])]])],
      ['hc1', object([['seltemp', [1, 2]]])],
      ['currtemp', [null]],
    ]),
  ),
  jsonAnswer(
    object([
      [
        'curflowtemp',
        object([
          ['name', 5],
          ['value', '60.2'],
          ['type', 'number'],
        ]),
      ],
      [
        'burngas',
        object([
          ['name', 'burngas'],
          ['type', 'boolean'],
          ['index', 'one'],
        ]),
      ],
      ['__proto__', object([['value', 1]])],
    ]),
  ),
  { status: 200, contentType: 'application/json; charset=utf-8', body: DEEP },
]

/** The next of them at every call. */
export function wrongShape(count: number): Answer {
  return SHAPES[count % SHAPES.length] ?? jsonAnswer([])
}
