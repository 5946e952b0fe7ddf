import { drivers } from '../../src/devices/index.ts'

/** Names that the program goes by: its own, then that of every original it takes the place of. */
export const PROGRAM_NAMES: readonly string[] = ['hearth', ...dropInNames()]

/** The drop-in commands, from the list of devices. */
export function dropInNames(): readonly string[] {
  return drivers.map(({ dropIn: { name } }) => name)
}
