import { type Cancel, type Clock, sleep } from '../../core/clock.ts'
import type { Feed, Use } from '../../core/driver.ts'
import { HearthError } from '../../core/errors.ts'
import type { Secret } from '../../core/secret.ts'
import { calendarOf } from './calendar.ts'
import { createIntake } from './intake.ts'
import type { PageName } from './pages.ts'
import { createPatience } from './patience.ts'
import type { Row } from './rows.ts'
import { createSession, type Session } from './session.ts'
import { createTurns, type PageChoice, steadyPages, type Turns } from './turns.ts'

export interface KronotermSettings {
  readonly baseUrl: string
  readonly user: string
  readonly password: Secret
  /** IANA name; undefined is the zone of the process. */
  readonly timeZone: string | undefined
  readonly pages: PageChoice
  readonly rows: readonly Row[]
  readonly intervalMs: number
  readonly staleAfterMs: number
}

/** Longest time for one answer. */
const DEADLINE_MS = 10_000
/** A page has a few kilobytes, a histogram some more. */
const MOST_BYTES = 1024 * 1024

/**
 * Reads a heat pump's pages, one request at a time. Every page is a group of its own: what fails costs only itself.
 * A poll never throws for what the cloud does; it says what was wrong and lets the next interval try again.
 */
export function kronotermFeed(
  settings: KronotermSettings,
  use: Use,
  random: () => number = Math.random,
): Feed {
  const { intervalMs, staleAfterMs, pages } = settings
  const { clock, log, keep } = use
  const client = use.http({ deadlineMs: DEADLINE_MS, keepAlive: true, mostBytes: MOST_BYTES })
  const patience = createPatience(clock, random)
  const turns = createTurns(pages, intervalMs, clock)
  const silence = createSilence(clock, staleAfterMs, () => intake.withdrawSlow())
  const intake = createIntake({ ...settings, dayOf: calendarOf(settings.timeZone), clock, log, keep, turns })
  const session = createSession(settings, {
    client,
    clock,
    patience,
    onTrouble: error => intake.trouble(error),
    onOpen(menu) {
      intake.connected()
      turns.asked('menu', menu !== undefined)
      if (menu) intake.page('menu', menu)
      else turns.want('menu')
    },
  })

  /** False when the cloud is to be left alone for longer than this interval. */
  async function isTime(signal: AbortSignal): Promise<boolean> {
    const waitMs = session.isOpen() ? patience.waitMs() : patience.loginWaitMs()
    if (waitMs >= intervalMs) return false
    await sleep(clock, waitMs, signal)
    return !signal.aborted
  }

  async function poll(signal: AbortSignal): Promise<boolean> {
    const missed = new Set<PageName>(steadyPages(pages))
    try {
      if (!session.isOpen()) await session.logIn(signal)
    } catch (error) {
      intake.trouble(asHearthError(error, signal))
      return false
    }
    let isAnyGood = false
    for (const page of turns.next()) {
      if (!mayGoOn(session, patience.waitMs(), signal)) break
      const isGood = await askPage(page, { session, intake, turns, signal })
      if (isGood || !intake.isRequired(page)) missed.delete(page)
      if (!isGood) continue
      isAnyGood = true
      silence.broken()
    }
    if (isAnyGood) intake.identityAgain()
    return missed.size === 0
  }

  return {
    kind: 'poll',
    reach: 'network',
    intervalMs,
    async run(report, signal) {
      intake.listen(report)
      if (await isTime(signal)) {
        const startedAt = clock.monotonic()
        const isComplete = await poll(signal)
        if (!signal.aborted) report.attempt(isComplete, clock.monotonic() - startedAt)
      }
      intake.endOfPoll()
    },
    async close() {
      silence.end()
      client.close()
    },
  }
}

function mayGoOn(session: Session, waitMs: number, signal: AbortSignal): boolean {
  return session.isOpen() && waitMs === 0 && !signal.aborted
}

type Intake = ReturnType<typeof createIntake>

/** Asks one page and takes its answer in. Trouble is counted here; false when the page gave no whole answer. */
async function askPage(
  page: PageName,
  { session, intake, turns, signal }: { session: Session; intake: Intake; turns: Turns; signal: AbortSignal },
): Promise<boolean> {
  try {
    const question = intake.questionOf(page)
    const answer = await session.ask(page, signal, question?.form)
    const isGood = question ? intake.histogram(question.day, answer) : intake.page(page, answer)
    turns.asked(page, isGood)
    return isGood
  } catch (error) {
    if (signal.aborted) return false
    turns.asked(page, false)
    intake.failedPage(page, asHearthError(error, signal))
    return false
  }
}

function asHearthError(error: unknown, signal: AbortSignal): HearthError {
  if (error instanceof HearthError && !signal.aborted) return error
  throw error
}

/** Tells when nothing at all was read for a while: then pages of a slower pace are not believed any longer either. */
function createSilence(clock: Clock, limitMs: number, onSilence: () => void) {
  let cancel: Cancel = () => {}
  return {
    broken() {
      cancel()
      cancel = clock.after(limitMs, onSilence)
    },
    end: () => cancel(),
  }
}
