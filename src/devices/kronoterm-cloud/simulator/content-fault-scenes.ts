import { isObject, type Json, withLeaves, withoutKeys } from './json.ts'
import type { Page } from './pages.ts'
import { makeDemoPlant } from './plant-scenes.ts'
import { htmlReply } from './reply.ts'
import type { Fault, Scene } from './scene.ts'

/** What `missing-fields` leaves out, at any depth of any page. */
const MISSING = new Set([
  'tap_water_temp',
  'dv_temp',
  'heating_system_pressure',
  'inlet_temp',
  'circle_calc_temp',
  'circle_status',
  'working_function',
  'CompActiveCooling',
  'Location',
])

/** What `unknown-enums` says in place of a known word. */
const UNKNOWN: Readonly<Record<string, number>> = {
  working_function: 42,
  main_mode: 4,
  circle_status: 17,
  circle_mode: 9,
}

/** What `odd-numbers` says: the first three can be understood, the rest cannot. */
const ODD: Readonly<Record<string, Json>> = {
  outside_temp: ' 9.5 °C ',
  circle_status: ' 1 ',
  main_mode: '0',
  dv_temp: '--',
  tap_water_temp: null,
  heating_circle_2_temp: '22,1',
  heating_system_pressure: 'NaN',
  circle_temp: true,
  circle_calc_temp: '1e400',
  circle_mode: '',
  working_function: 'heating',
  user_level: [],
}

/** What `spikes` says: numbers that no plant has. */
const SPIKES: Readonly<Record<string, Json>> = {
  outside_temp: '4321.0',
  tap_water_temp: '483.0',
  dv_temp: '-999.9',
  heating_system_pressure: '19000',
}

/** What is wrong with the content of sound answers. */
export const CONTENT_FAULT_SCENES: readonly Scene[] = [
  faulty('arrays-for-objects', 'Lists where objects belong, and objects where lists do.', {
    content: (_page, answer) => (isObject(answer) ? mapped(answer, turned) : answer),
  }),
  faulty('array-answers', 'Every answer is an empty list.', { content: () => [] }),
  faulty('strings-for-numbers', 'Every number is text. No fault for a reader that minds it.', {
    content: (_page, answer) => withLeaves(answer, leaf => (typeof leaf === 'number' ? String(leaf) : leaf)),
  }),
  faulty('numbers-for-strings', 'Every text of digits is a number. No fault for a reader that minds it.', {
    content: (_page, answer) =>
      withLeaves(answer, leaf =>
        typeof leaf === 'string' && /^-?\d+(\.\d+)?$/.test(leaf) ? Number(leaf) : leaf,
      ),
  }),
  faulty('missing-fields', 'Some fields of every page are missing.', {
    content: (_page, answer) => withoutKeys(answer, MISSING),
  }),
  faulty('no-hp-id', 'The menu says nothing of the pump.', {
    content: (page, answer) => (page === 'menu' ? {} : answer),
  }),
  faulty('unknown-enums', 'Functions, modes and states that nobody has heard of.', {
    content: (_page, answer) => withLeaves(answer, (leaf, key) => UNKNOWN[key] ?? leaf),
  }),
  faulty('odd-numbers', 'Numbers with units and spaces, commas, words, null, and none at all.', {
    content: (page, answer) =>
      page === 'consumption' ? withOddLists(answer) : withLeaves(answer, (leaf, key) => odd(ODD, leaf, key)),
  }),
  faulty('spikes', 'Numbers far above and below what any plant has.', {
    content: (_page, answer) => withLeaves(answer, (leaf, key) => odd(SPIKES, leaf, key)),
  }),
  faulty('no-consumption', 'The consumption list is refused, everything else answered.', {
    content: (page, answer) => (page === 'consumption' ? { result: 'error', desc: 'No data' } : answer),
  }),
  faulty('bad-review', 'The system review gets status 500, everything else is answered.', onlyOn('review')),
  faulty('bad-loop-2', 'The page of loop 2 gets status 500, everything else is answered.', onlyOn('loop-2')),
  faulty('bad-alarms', 'The alarms page gets status 500, everything else is answered.', onlyOn('alarms')),
  faulty('late-midnight', "The cloud's day begins twenty minutes after the plant's.", {
    dayBeginsLateMs: 20 * 60_000,
  }),
]

function onlyOn(bad: Page): Fault {
  return { onData: page => (page === bad ? htmlReply(500, 'Internal Server Error') : undefined) }
}

function mapped(answer: { readonly [key: string]: Json }, change: (value: Json) => Json): Json {
  return Object.fromEntries(Object.entries(answer).map(([key, value]) => [key, change(value)]))
}

function turned(value: Json): Json {
  if (Array.isArray(value)) return { ...value }
  return isObject(value) ? Object.values(value) : value
}

function odd(table: Readonly<Record<string, Json>>, leaf: Json, key: string): Json {
  const instead = table[key]
  return instead === undefined ? leaf : instead
}

/** Newest day: heating null, cooling text, tap water below zero, pumps a word. The days before stay sound. */
function withOddLists(answer: Json): Json {
  if (!isObject(answer) || !isObject(answer['trend_consumption'] ?? null)) return answer
  const newest: Readonly<Record<string, Json>> = {
    CompHeating: null,
    CompActiveCooling: '0.0 kWh',
    CompTapWater: -7,
    CPLoops: 'none',
  }
  const lists = mappedLists(answer['trend_consumption'] ?? null, (name, list) => {
    const last = newest[name]
    return last === undefined ? list : [...list.slice(0, -1), last]
  })
  return { ...answer, trend_consumption: lists }
}

function mappedLists(value: Json, change: (name: string, list: readonly Json[]) => Json): Json {
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, list]) => [name, Array.isArray(list) ? change(name, list) : list]),
  )
}

function faulty(name: string, summary: string, fault: Fault): Scene {
  return { name, summary, makePlant: makeDemoPlant, fault }
}
