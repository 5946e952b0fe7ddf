import { drivers } from '../../src/devices/index.ts'

/** Names that the program goes by: its own, then that of every original it takes the place of. */
export const PROGRAM_NAMES: readonly string[] = ['hearth', ...dropInNames()]

/** The drop-in commands, from the list of devices. */
export function dropInNames(): readonly string[] {
  return drivers.map(({ dropIn: { name } }) => name)
}

/** Whether the variables of a drop-in hold a password: then nobody but root reads the file with them. */
export function hasSecret(name: string): boolean {
  const command = drivers.find(({ dropIn }) => dropIn.name === name)?.dropIn
  return command?.options.some(({ env = '' }) => /PASSWORD|TOKEN/.test(env)) ?? false
}
