import { DOCUMENT_STATE, stillPlant } from './document-plant.ts'
import { type LivingPlan, livingPlant, WINTER_PLAN } from './living-plant.ts'
import { type Circle, type MakePlant, NO_SENSOR, type PlantState, TARGET_OFF } from './plant.ts'
import type { Scene } from './scene.ts'

/** The plant of the fault scenarios: the one of `demo`. */
export const makeDemoPlant: MakePlant = start => livingPlant(start, WINTER_PLAN)

/** Plants behind a sound cloud. */
export const PLANT_SCENES: readonly Scene[] = [
  {
    name: 'demo',
    summary: 'A house in winter: a round of heating, tap water and rest every twelve minutes.',
    makePlant: makeDemoPlant,
    fault: {},
  },
  still('document', "The plant of the original document's example; it stands still.", {}),
  living('cooling', 'A hot summer: loops are cooled, the computed tap water target is mostly off.', {
    outdoorMean: 27,
    isCooling: true,
    ofADay: { heating: 0, cooling: 9, tapWater: 2.1, pumps: 1.1, heater: 0 },
  }),
  living('one-loop', 'A pump with one loop: no row 2 in the system review, loop 2 off.', { loopCount: 1 }),
  living('four-loops', 'Four loops, a pool and a buffer.', {
    loopCount: 4,
    hasPool: true,
    hasReservoir: true,
  }),
  {
    name: 'no-sensors',
    summary: 'Nothing is connected: -60.0 everywhere, computed targets 500.0, no pressure.',
    makePlant: start => stillPlant(start, stateWithoutSensors()),
    fault: {},
  },
  still('alarms', 'Four active errors and a location, with quotes, backslashes and a line break.', {
    identity: { ...DOCUMENT_STATE.identity, location: 'Say "hi"\\home\nattic' },
    alarms: [
      { id: 12, alarm_text: 'Pressure "low" in loop C:\\1', date: '2026-11-20 03:12', active: 1 },
      { error: 'T4 "outside" sensor', code: '2339\\3' },
      'Line 1\nLine 2 \\ "end"',
      { id: null, nested: { text: ['a', 'b'] } },
    ],
  }),
]

function living(name: string, summary: string, differs: Partial<LivingPlan>): Scene {
  return { name, summary, makePlant: start => livingPlant(start, { ...WINTER_PLAN, ...differs }), fault: {} }
}

function still(name: string, summary: string, differs: Partial<PlantState>): Scene {
  return {
    name,
    summary,
    makePlant: start => stillPlant(start, { ...DOCUMENT_STATE, ...differs }),
    fault: {},
  }
}

function stateWithoutSensors(): PlantState {
  const { pressure: _pressure, ...state } = DOCUMENT_STATE
  const blind = (circle: Circle): Circle => ({
    ...circle,
    calculated: TARGET_OFF,
    current: NO_SENSOR,
    inlet: NO_SENSOR,
    room: NO_SENSOR,
  })
  return {
    ...state,
    outside: NO_SENSOR,
    flow: NO_SENSOR,
    loops: state.loops.map(blind),
    tapWater: blind(state.tapWater),
  }
}
