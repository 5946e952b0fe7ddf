import { HearthError } from '../../../core/errors.ts'
import { FAULT_SCENES } from './fault-scenes.ts'
import type { Scene } from './scene.ts'
import { SOUND_SCENES } from './sound-scenes.ts'

/** All scenarios, those with nothing wrong first. */
export const SCENES: readonly Scene[] = [...SOUND_SCENES, ...FAULT_SCENES]

/** The scene of this name. */
export function sceneOf(name: string): Scene {
  const scene = SCENES.find(each => each.name === name)
  if (scene) return scene
  throw new HearthError('HEARTH_SCENARIO_UNKNOWN', `The simulated gateway has no scenario "${name}"`, {
    hint: `There are: ${SCENES.map(each => each.name).join(', ')}`,
  })
}
