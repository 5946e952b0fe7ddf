import type { Clock } from '../../../core/clock.ts'
import { HearthError } from '../../../core/errors.ts'
import type { SimulatorOptions } from '../../../core/simulator.ts'
import { calendarOf, PLANT_ZONE } from './calendar.ts'
import { consumptionAnswer, timelineAnswer } from './graphs.ts'
import type { Json } from './json.ts'
import { type Page, pageAnswer, pageOf } from './pages.ts'
import { type Asked, dataReply, htmlReply, type Reply } from './reply.ts'
import type { Scene } from './scene.ts'
import { SCENES } from './scenes.ts'
import { cookieOf, createSessions, sessionId } from './sessions.ts'

/** The account of the simulated cloud. */
export const ACCOUNT = { user: 'demo@example.org', password: 'demo' } as const

/** A cloud without its wire: a question and what it answers. */
export interface Cloud {
  answer(asked: Asked): Reply
  change(scenario: string): void
  /** Attempts to change a setting. It must stay empty. */
  readonly writes: readonly string[]
}

export interface CloudOptions extends Pick<SimulatorOptions, 'scenario' | 'seed'> {
  readonly clock: Pick<Clock, 'now'>
  /** Time zone of the plant. Default `Europe/Ljubljana`. */
  readonly zone?: string
}

const MOST_WRITES = 100
/** What a data request without a session gets, under status 200. */
const LOST_SESSION = JSON.stringify({ result: 'action', js: "window.location.href='/?login=1';" })

/** Switches a cloud on. */
export function startCloud({ scenario, seed, clock, zone = PLANT_ZONE }: CloudOptions): Cloud {
  const calendar = calendarOf(zone)
  const sessions = createSessions(seed)
  const writes: string[] = []
  let scene = sceneOf(scenario)
  let plant = scene.makePlant({ seed, calendar })
  let questions = 0

  function login(asked: Asked): Reply {
    const { fault } = scene
    if (fault.onLogin) return fault.onLogin(asked)
    const form = formOf(asked)
    if (form.get('username') !== ACCOUNT.user || form.get('password') !== ACCOUNT.password) {
      return htmlReply(200, 'Login', { setCookies: refusedCookies(seed) })
    }
    const id = sessions.begin()
    if (fault.forgetsSessions) sessions.clear()
    const hasReason = cookieOf(asked.headers['cookie'], 'AuthReason') !== undefined
    const deleted = 'AuthReason=deleted; expires=Thu, 01-Jan-1970 00:00:01 GMT; Max-Age=0; path=/'
    return htmlReply(200, 'Cloud', {
      setCookies: [`PHPSESSID=${id}; path=/`, ...(fault.deletesReason || hasReason ? [deleted] : [])],
    })
  }

  function data(asked: Asked, query: URLSearchParams): Reply {
    const { fault } = scene
    questions++
    if (fault.sessionQuestions && questions % fault.sessionQuestions === 0) sessions.clear()
    if (!sessions.isKnown(asked.headers['cookie'])) return dataReply(LOST_SESSION)
    if (asked.method === 'POST' && query.get('Action') === '1') return write(asked)
    const page = graphOf(asked, query) ?? pageOf(query)
    if (!page) return dataReply(JSON.stringify({ result: 'error', desc: 'Unknown page' }))
    const instead = fault.onData?.(page)
    if (instead) return instead
    const answer = contentOf(page, asked)
    return dataReply(JSON.stringify(fault.content ? fault.content(page, answer) : answer))
  }

  function contentOf(page: Page, asked: Asked): Json {
    const at = clock.now()
    if (page === 'consumption') return consumptionAnswer(formOf(asked), lateDay(), at)
    return page === 'timeline' ? timelineAnswer(formOf(asked)) : pageAnswer(page, plant.stateAt(at))
  }

  /** The plant's energy by a cloud that goes on with the old day for a while, whatever day it is asked for. */
  function lateDay() {
    const lateMs = scene.fault.dayBeginsLateMs
    if (lateMs === undefined) return plant
    return {
      ...plant,
      energyOf: (day: number, at: number) => {
        const lag = calendar.dayOf(at) - calendar.dayOf(at - lateMs)
        return plant.energyOf(day - lag, at)
      },
    }
  }

  function write(asked: Asked): Reply {
    if (writes.length < MOST_WRITES) writes.push(asked.url)
    return dataReply(JSON.stringify({ result: 'success' }))
  }

  return {
    writes,
    answer(asked) {
      const [pathname = '', query = ''] = asked.url.split('?', 2)
      const searchParams = new URLSearchParams(query)
      const isLogin = asked.method === 'POST' && pathname === '/' && searchParams.get('login') === '1'
      const reply = isLogin
        ? login(asked)
        : pathname === '/jsoncgi.php'
          ? data(asked, searchParams)
          : htmlReply(pathname === '/' ? 200 : 404, pathname === '/' ? 'Login' : 'Not Found')
      return scene.fault.way ? scene.fault.way(reply) : reply
    },
    change(name) {
      scene = sceneOf(name)
      plant = scene.makePlant({ seed, calendar })
      if (scene.fault.endsSessions) sessions.clear()
    },
  }
}

/** Graphs are asked for with POST and a form. */
function graphOf({ method }: Asked, query: URLSearchParams): Page | undefined {
  if (method !== 'POST' || query.get('TopPage') !== '4') return undefined
  if (query.get('Subpage') === '4' && query.get('Action') === '4') return 'consumption'
  return query.get('Subpage') === '1' && query.get('Action') === '3' ? 'timeline' : undefined
}

/** The form of a request; PHP sees none where the type is another. */
function formOf({ headers, body }: Asked): URLSearchParams {
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded')
  return new URLSearchParams(isForm ? body : '')
}

/** A refused login has a session too, one that opens nothing. */
function refusedCookies(seed: number): string[] {
  return [`PHPSESSID=${sessionId(seed, -1)}; path=/`, 'AuthReason=Wrong%20username%20or%20password; path=/']
}

function sceneOf(name: string): Scene {
  const scene = SCENES.find(each => each.name === name)
  if (scene) return scene
  throw new HearthError('HEARTH_SCENARIO_UNKNOWN', `The simulated cloud has no scenario "${name}"`, {
    hint: `There are: ${SCENES.map(each => each.name).join(', ')}`,
  })
}
