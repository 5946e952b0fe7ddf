import type { HttpSimulator, SimulatorOptions } from '../../../core/simulator.ts'
import { SCENES } from './scenes.ts'
import { type SimulatedGateway, startGateway } from './simulated-gateway.ts'

export { DEMO_CREDENTIALS, ODD_CREDENTIALS } from './scene.ts'
export type { SimulatedGateway } from './simulated-gateway.ts'
export type { Seen } from './witness.ts'

/** A simulator whose gateway tells a test how it was asked. */
export interface IsgSimulator extends HttpSimulator {
  start(options: SimulatorOptions): SimulatedGateway
}

/** An Internet Service Gateway with its web pages and, where security is on, its login. */
export const isgSimulator: IsgSimulator = {
  kind: 'http',
  scenarios: SCENES.map(({ name, summary }) => ({ name, summary })),
  start: startGateway,
}
