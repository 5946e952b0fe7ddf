import { HearthError } from '../../../core/errors.ts'
import { FAULT_SCENES } from './fault-scenes.ts'
import { FROZEN_SCENES } from './frozen-scenes.ts'
import { LIVING_SCENES } from './living-scenes.ts'
import type { Scene } from './scene.ts'

/** All scenarios, the undisturbed ones first. */
export const SCENES: readonly Scene[] = [...LIVING_SCENES, ...FROZEN_SCENES, ...FAULT_SCENES]

/** The scene of this name. */
export function sceneOf(name: string): Scene {
  const scene = SCENES.find(each => each.name === name)
  if (scene) return scene
  throw new HearthError('HEARTH_SCENARIO_UNKNOWN', `The simulated boiler has no scenario "${name}"`, {
    hint: `There are: ${SCENES.map(each => each.name).join(', ')}`,
  })
}
