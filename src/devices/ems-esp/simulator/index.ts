import type { HttpSimulator, SimulatorOptions } from '../../../core/simulator.ts'
import { FAULT_SCENES } from './fault-scenes.ts'
import { type SimulatedGateway, startGateway } from './gateway.ts'
import { HOUSE_SCENES } from './house-scenes.ts'
import { VARIATIONS } from './variations.ts'

export type { Answer } from './answer.ts'
export { DEMO_TOKEN } from './fault-scenes.ts'
export type { SimulatedGateway } from './gateway.ts'
export type { Manners } from './manners.ts'

/** A simulator whose gateway a test can ask without a socket. */
export interface EmsEspSimulator extends HttpSimulator {
  start(options: SimulatorOptions): SimulatedGateway
}

const SCENES = [...HOUSE_SCENES, ...VARIATIONS, ...FAULT_SCENES]

/** An EMS-ESP gateway with its REST API. Variations and faults play on the house that was chosen last. */
export const emsEspSimulator: EmsEspSimulator = {
  kind: 'http',
  scenarios: SCENES.map(({ name, summary }) => ({ name, summary })),
  start: options => startGateway(options, SCENES),
}
