import { HearthError } from '../core/errors.ts'
import { type ListenAddress, parseListen } from '../core/settings.ts'

/** The address of `--listen`; throws a HearthError that says how one is written. */
export function listenArgument(text: string): ListenAddress {
  const address = parseListen(text)
  if (address) return address
  throw invalid('--listen', text, 'Write 127.0.0.1:8123, or :8123 for every interface')
}

/** A refusal of a flag or variable, with the text seen. */
export function invalid(name: string, text: string, hint: string): HearthError {
  return new HearthError('HEARTH_SETTING_INVALID', `${name} is "${text}"`, { hint })
}
