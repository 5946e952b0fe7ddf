import Router from 'find-my-way'
import type { Clock } from '../core/clock.ts'
import type { Answer, Exposition } from '../expose/types.ts'
import { BAD_PATH, textAnswer } from './answers.ts'
import { FAVICON } from './favicon.ts'
import type { House } from './house.ts'
import { pageHandler } from './page.ts'
import { askOf, decodedPath, type Handler, type WebRequest } from './request.ts'
import { serviceDiscovery } from './service-discovery.ts'

type Method = 'GET' | 'POST' | 'PUT'
type Endpoint = (request: WebRequest, name: string) => Answer | Promise<Answer>
type Methods = Partial<Record<Method, Endpoint>>

const MOST_NAMES_SHOWN = 20
const NO_SUCH_PATH = textAnswer(404, 'There is nothing at this path. The page at / lists what hearth serves.')
const HEALTHY = textAnswer(200, 'hearth is up and serving.')
const READY = textAnswer(200, 'hearth is ready: every device was tried.')
const STOPPING = textAnswer(503, 'hearth is stopping.')
const RELOADED = textAnswer(200, 'The new configuration is in use.')

/** The routes of the main listener. */
export function routes(options: {
  readonly exposition: Exposition
  readonly house: House
  readonly clock: Clock
}): Handler {
  const { exposition, house, clock } = options
  const page = pageHandler(exposition, clock)

  /** An endpoint of one device: `find` gives its answer, or undefined when there is no such device. */
  const ofDevice = (find: (name: string, request: WebRequest) => Answer | undefined): Methods => ({
    GET: (request, name) => find(name, request) ?? noSuchDevice(exposition),
  })
  const reload: Endpoint = async () => {
    const result = await house.reload()
    if (result.ok) return RELOADED
    return textAnswer(500, `The configuration stays as it was: ${result.message}`)
  }

  const find = router({
    '/': { GET: page },
    '/favicon.ico': { GET: () => FAVICON },
    '/metrics': { GET: request => exposition.metrics(askOf(request)) },
    '/devices/:name/metrics': ofDevice((name, request) =>
      exposition.dropIn(name, '/metrics', askOf(request)),
    ),
    '/devices/:name/unified': ofDevice((name, request) => exposition.unified(name, askOf(request))),
    '/devices/:name/status': ofDevice(name => exposition.status(name)),
    // A gateway's own paths below /api/, as its drop-in listener has them.
    '/devices/:name/api/*': ofDevice((name, request) =>
      exposition.dropIn(name, ownPath(request.path), askOf(request)),
    ),
    '/sd': { GET: request => serviceDiscovery(exposition, request) },
    '/-/healthy': { GET: () => HEALTHY },
    '/-/ready': { GET: () => readiness(house) },
    '/-/reload': { POST: reload, PUT: reload },
  })

  return request => {
    if (decodedPath(request.path) === undefined) return BAD_PATH
    const found = request.path.startsWith('/') ? find(request.path) : undefined
    if (!found) return NO_SUCH_PATH
    const endpoint = endpointOf(found.methods, request.method)
    return endpoint ? endpoint(request, found.name) : wrongMethod(found.methods)
  }
}

/** The path after `/devices/NAME`. */
function ownPath(path: string): string {
  return path
    .split('/')
    .slice(3)
    .reduce((whole, part) => `${whole}/${part}`, '')
}

/** Every path is entered once, with its methods beside it, so that a wrong method is told from an unknown path. */
function router(
  table: Readonly<Record<string, Methods>>,
): (path: string) => { methods: Methods; name: string } | undefined {
  const paths = Router()
  for (const [path, methods] of Object.entries(table)) paths.on('GET', path, () => {}, methods)
  return path => {
    const found = paths.find('GET', path)
    return found ? { methods: found.store, name: found.params['name'] ?? '' } : undefined
  }
}

function endpointOf(methods: Methods, method: string): Endpoint | undefined {
  if (method === 'GET' || method === 'HEAD') return methods.GET
  return method === 'POST' || method === 'PUT' ? methods[method] : undefined
}

function wrongMethod(methods: Methods): Answer {
  const allowed = Object.keys(methods).flatMap(method => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
  const Allow = allowed.join(', ')
  return textAnswer(405, `This path takes ${Allow} only.`, { Allow })
}

function noSuchDevice(exposition: Exposition): Answer {
  const names = exposition.devices().map(({ exposed }) => exposed.name)
  if (names.length === 0) return textAnswer(404, 'There is no device of this name: none is configured.')
  return textAnswer(404, `There is no device of this name. hearth knows: ${listed(names)}.`)
}

function readiness(house: House): Answer {
  if (house.isStopping()) return STOPPING
  const { ready, waitingFor } = house.isReady()
  return ready
    ? READY
    : textAnswer(503, `hearth is not ready: it waits for the first try of ${listed(waitingFor)}.`)
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES_SHOWN).join(', ')
  const rest = names.length - MOST_NAMES_SHOWN
  return rest > 0 ? `${shown} and ${rest} more` : shown
}
