import { CONTENT_FAULT_SCENES } from './content-fault-scenes.ts'
import { PLANT_SCENES } from './plant-scenes.ts'
import type { Scene } from './scene.ts'
import { SESSION_FAULT_SCENES } from './session-fault-scenes.ts'
import { WIRE_FAULT_SCENES } from './wire-fault-scenes.ts'

/** All scenarios, those of a sound cloud first. Every fault is one of the plant of `demo`. */
export const SCENES: readonly Scene[] = [
  ...PLANT_SCENES,
  ...SESSION_FAULT_SCENES,
  ...WIRE_FAULT_SCENES,
  ...CONTENT_FAULT_SCENES,
]
