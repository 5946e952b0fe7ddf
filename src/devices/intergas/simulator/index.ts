import type { SerialSimulator, SimulatorOptions } from '../../../core/simulator.ts'
import { SCENES } from './scenes.ts'
import { type SimulatedBoiler, startBoiler } from './simulated-boiler.ts'

export type { Disturbance } from './disturbance.ts'
export type { Heard } from './receiver.ts'
export type { SimulatedBoiler } from './simulated-boiler.ts'

/** A simulator whose boiler a test can disturb while it runs. */
export interface IntergasSimulator extends SerialSimulator {
  start(options: SimulatorOptions): SimulatedBoiler
}

/** A boiler on its service port: it speaks when it is asked, and never of itself. */
export const intergasSimulator: IntergasSimulator = {
  kind: 'serial',
  scenarios: SCENES.map(({ name, summary }) => ({ name, summary })),
  start: startBoiler,
}
