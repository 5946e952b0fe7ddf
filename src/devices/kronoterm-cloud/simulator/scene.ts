import type { Json } from './json.ts'
import type { Page } from './pages.ts'
import type { MakePlant } from './plant.ts'
import type { Asked, Reply } from './reply.ts'

/** What is wrong with the cloud. Whatever is not said goes well. */
export interface Fault {
  /** In place of an answer to a login. */
  readonly onLogin?: (asked: Asked) => Reply
  /** In place of an answer to a question of somebody who is logged in; undefined: this page is answered. */
  readonly onData?: (page: Page) => Reply | undefined
  /** What becomes of the content of a sound answer. */
  readonly content?: (page: Page, answer: Json) => Json
  /** What becomes of a sound answer on its way, logins included. */
  readonly way?: (reply: Reply) => Reply
  /** Sessions that were open end when it begins. */
  readonly endsSessions?: boolean
  /** Every login is accepted and no session lives. */
  readonly forgetsSessions?: boolean
  /** Every so many questions all sessions end. */
  readonly sessionQuestions?: number
  /** Milliseconds by which the cloud's own day begins late. */
  readonly dayBeginsLateMs?: number
  /** AuthReason is deleted with every login that is accepted. */
  readonly deletesReason?: boolean
}

/** A scenario: a plant and what is wrong with its cloud. */
export interface Scene {
  readonly name: string
  readonly summary: string
  readonly makePlant: MakePlant
  readonly fault: Fault
}
