import type { Flavour } from '../core/page.ts'
import type { Exposition } from '../expose/types.ts'
import { BAD_PATH, textAnswer } from './answers.ts'
import { askOf, decodedPath, type Handler } from './request.ts'

/** Answers a drop-in listener of one device, in the manners of the original's HTTP library. */
export function dropInHandler(options: {
  readonly exposition: Exposition
  readonly name: string
  readonly flavour: Flavour
}): Handler {
  const { exposition, name, flavour } = options
  const noDevice = textAnswer(503, `hearth has not started device "${name}" yet.`)
  const notFound = textAnswer(404, 'Not found.')
  const takesAnyMethod = flavour === 'python'

  return request => {
    if (!takesAnyMethod && request.method !== 'GET' && request.method !== 'HEAD') return notFound
    // Python leaves a broken percent sign as it is, which leads to a path that does not exist; Go refuses it.
    const path = decodedPath(request.path) ?? (takesAnyMethod ? request.path : undefined)
    if (path === undefined) return BAD_PATH
    return exposition.dropIn(name, path, askOf(request)) ?? noDevice
  }
}
