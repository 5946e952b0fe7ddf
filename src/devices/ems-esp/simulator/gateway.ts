import type { IncomingMessage, ServerResponse } from 'node:http'
import type { HttpSimulation, SimulatorOptions } from '../../../core/simulator.ts'
import { type Answer, jsonAnswer, message } from './answer.ts'
import { apiAnswer } from './api.ts'
import type { Fault } from './fault.ts'
import { FIRMWARE } from './firmware.ts'
import type { House } from './house.ts'
import { fullHouse } from './houses.ts'
import { digits, object } from './json.ts'
import { livingHouse } from './living.ts'
import { type Manners, watchManners } from './manners.ts'
import { rebooting } from './reboot.ts'
import type { Scene } from './scene.ts'
import { send, spoil, type Wire } from './wire.ts'
import { wrongShape } from './wrong-shapes.ts'

/** A simulated gateway that tells how it was asked. */
export interface SimulatedGateway extends HttpSimulation {
  /** What it answers to a GET of this path right now, faults of the wire apart. */
  answer(target: string): Answer
  manners(): Manners
  /** Counts from now on. */
  forgetManners(): void
}

/** What plays: a house, and what is wrong with it. */
interface Playing {
  readonly base: House
  readonly house: House
  readonly isLiving: boolean
  readonly fault?: Fault
  readonly since: number
}

/** `GET /-/manners` tells a test in another process what `manners()` tells one in this. */
const MANNERS_PATH = '/-/manners'

const REFUSED = message('authentication failed', 401)

export function startGateway(options: SimulatorOptions, scenes: readonly Scene[]): SimulatedGateway {
  const { clock, pace, seed } = options
  const startedAt = clock.monotonic()
  const wire: Wire = { clock, pace, timers: new Set() }
  const manners = watchManners(() => clock.monotonic())
  let shapes = 0
  const first = fullHouse(FIRMWARE['3.8'])
  let playing = play({ base: first, house: first, isLiving: false, since: startedAt }, options.scenario)

  function play(before: Playing, name: string): Playing {
    const scene = scenes.find(candidate => candidate.name === name)
    const { base } = before
    const unspoiled = { base, house: base, isLiving: before.isLiving, since: clock.monotonic() }
    switch (scene?.kind) {
      case 'house':
        return { ...unspoiled, base: scene.house, house: scene.house, isLiving: scene.isLiving ?? false }
      case 'variation':
        return { ...unspoiled, house: scene.vary(base) }
      case 'fault':
        return { ...unspoiled, fault: scene.fault }
      case undefined:
        throw new RangeError(`no scenario "${name}"`)
    }
  }

  /** The house now; undefined while it is down. */
  function houseNow(): House | undefined {
    const { house, isLiving, fault, since } = playing
    const speed = Number.isFinite(pace) ? pace : 1
    const elapsed = (from: number) => (clock.monotonic() - from) * speed
    const now = isLiving
      ? livingHouse(house, elapsed(startedAt) / 1000, Math.floor(clock.now() / 1000), seed)
      : house
    return fault?.kind === 'reboot' ? rebooting(now, fault, elapsed(since)) : now
  }

  function respond(request: IncomingMessage, response: ServerResponse): void {
    const target = request.url ?? '/'
    const house = houseNow()
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    if (house === undefined) response.destroy()
    else if (!isRead) send(response, REFUSED)
    else answerRead(request, response, target, house)
  }

  function answerRead(
    request: IncomingMessage,
    response: ServerResponse,
    target: string,
    house: House,
  ): void {
    const fault = faultFor(target, playing.fault)
    const isRefused = fault?.kind === 'token' && request.headers.authorization !== `Bearer ${fault.token}`
    if (fault === undefined) send(response, apiAnswer(target, house))
    else if (isRefused) send(response, REFUSED)
    else if (fault.kind === 'wrong-shape') send(response, wrongShape(shapes++))
    else spoil(response, apiAnswer(target, house), fault, wire)
  }

  return {
    handle(request, response) {
      request.resume()
      if (request.url === MANNERS_PATH) {
        send(response, mannersAnswer(manners.seen()))
        return
      }
      const end = manners.begin(request.method ?? 'GET')
      // Some faults write past the response: then only the socket tells that it is over.
      request.socket.once('close', end)
      response.once('close', end)
      respond(request, response)
    },
    change(scenario) {
      playing = play(playing, scenario)
    },
    stop() {
      for (const cancel of wire.timers) cancel()
      wire.timers.clear()
    },
    answer: target => apiAnswer(target, houseNow() ?? playing.house),
    manners: manners.seen,
    forgetManners: manners.forget,
  }
}

/** The fault that spoils this path, if one does. */
function faultFor(target: string, fault: Fault | undefined): Fault | undefined {
  if (fault?.kind !== 'only') return fault
  return target.startsWith(fault.path) ? fault.fault : undefined
}

function mannersAnswer(manners: Manners): Answer {
  return jsonAnswer(
    object(Object.entries(manners).map(([key, value]) => [key, digits(String(value))] as const)),
  )
}
