import type { Feed, Report, Use } from '../../core/driver.ts'
import { HearthError } from '../../core/errors.ts'
import type { Reading } from '../../core/reading.ts'
import type { Secret } from '../../core/secret.ts'
import { createGateway, LOGIN_FAILED, PAGE_MISSING, type ReadPage } from './gateway.ts'
import type { About } from './page.ts'
import { MACHINE_PAGE, PAGES, type PageName } from './page-list.ts'
import { createFlagMemory, type RowOptions, readingsOf } from './readings.ts'
import { createTurns } from './turns.ts'
import { implausible } from './windows.ts'

export interface IsgSettings extends RowOptions {
  readonly url: string
  readonly user: string | undefined
  readonly password: Secret | undefined
  readonly intervalMs: number
  readonly staleAfterMs: number
  /** The page on which a heat pump manager says what its compressor does is read in turn with pages that it does not have. */
  readonly readsMachine: boolean
}

/** How many logins there were and how long they took: the original counts them. */
export interface LoginTally {
  count: number
  sumSeconds: number
}

/** A small old computer takes up to seconds for a page. */
const PAGE_DEADLINE_MS = 10_000
const MOST_BYTES = 1024 * 1024
/** A gateway that does not answer so many pages in a row is not asked for the others. */
const MOST_SILENCES = { atFirst: 2, later: 3 }

/** How many names a line of the log has, and how much of each. */
const MOST_NAMES = 8
const LONGEST_NAME = 60

/** Reads the gateway's pages one after the other; each is a group of its own. */
export function isgFeed(settings: IsgSettings, logins: LoginTally, use: Use): Feed {
  const { clock } = use
  const http = use.http({ deadlineMs: PAGE_DEADLINE_MS, keepAlive: false, mostBytes: MOST_BYTES })
  const gateway = createGateway({
    url: settings.url,
    user: settings.user,
    password: settings.password,
    http,
    clock,
    onLogin(durationMs) {
      logins.count++
      logins.sumSeconds += durationMs / 1000
    },
  })
  const place = settings.url.replace(/^https?:\/\//, '')
  const flags = createFlagMemory()
  /** When a page was last read with rows on it. */
  const hadRowsAt = new Map<PageName, number>()
  let language: string | undefined
  let isConnected = false
  const turns = createTurns(settings.readsMachine)

  function take(page: PageName, read: ReadPage, report: Report): void {
    const now = clock.monotonic()
    const hadAt = hadRowsAt.get(page)
    const wasThere = hadAt !== undefined && now - hadAt < settings.staleAfterMs
    if (read.kind === 'other') {
      if (wasThere) throw other(`${place}: page ${page}`)
      turns.read(page, false)
      report.update({ group: page, isWhole: true, readings: aboutReadings(page, read.about), document: '' })
      return
    }
    if (read.about.language !== undefined && read.about.language !== language) {
      // In another language the same states have other names: those of before say nothing any more.
      if (language !== undefined) flags.forget()
      language = read.about.language
    }
    if (wasThere && flags.isOther(page, read.sections)) throw other(`${place}: page ${page}`)
    if (!read.isEmpty) hadRowsAt.set(page, now)
    turns.read(page, !read.isEmpty)
    const { readings, doubtful } = readingsOf(page, read.sections, settings, flags)
    const wrong = implausible(readings)
    if (wrong.length > 0)
      report.trouble('implausible', `${place}: page ${page}: ${listed(wrong)} cannot be true`, wrong.length)
    if (doubtful.length > 0)
      report.trouble(
        'parse',
        `${place}: page ${page}: no number to rely on in ${listed(doubtful)}`,
        doubtful.length,
      )
    report.update({
      group: page,
      isWhole: true,
      readings: [...aboutReadings(page, read.about), ...readings],
      rejected: doubtful.length + wrong.length,
      document: `${read.sections.map(({ heading }) => heading).join('\n')}\n`,
    })
  }

  return {
    kind: 'poll',
    reach: 'network',
    intervalMs: settings.intervalMs,
    async run(report, signal) {
      const beganAt = clock.monotonic()
      /** Before any page came: the first of them is thrown where none comes. */
      const held: HearthError[] = []
      let failures = 0
      const done: ReadPage[] = []
      const tell = (each: HearthError) => report.trouble(each.kind, words(each))
      let silences = 0
      try {
        for (const page of turns.next()) {
          try {
            const read = await gateway.read(page, signal)
            silences = 0
            if (!isConnected) report.connected()
            isConnected = true
            take(page, read, report)
            done.push(read)
            for (const each of held.splice(0)) tell(each)
          } catch (error) {
            if (!(error instanceof HearthError) || signal.aborted || isLoginFailure(error)) throw error
            if (page === MACHINE_PAGE && error.code === PAGE_MISSING) {
              turns.isNotThere(page)
              continue
            }
            failures++
            // At once: pages that never come keep a poll busy for half a minute.
            if (done.length === 0) held.push(error)
            else tell(error)
            silences = isSilence(error) ? silences + 1 : 0
            if (silences < (done.length === 0 ? MOST_SILENCES.atFirst : MOST_SILENCES.later)) continue
            if (error.kind === 'timeout') turns.givenUpAt(page)
            break
          }
        }
        if (held[0] !== undefined) throw held.shift()
        if (done.every(isForeign)) throw noGateway(place)
      } catch (error) {
        isConnected = false
        if (done.length === 0 && error instanceof HearthError && isSilence(error)) gateway.wasLost()
        // Those of the same kind under the words of the first: it is the one to begin with.
        for (const each of held)
          report.trouble(
            each.kind,
            error instanceof HearthError && error.kind === each.kind ? words(error) : words(each),
          )
        throw error
      }
      if (failures === 0) turns.done()
      report.attempt(failures === 0, clock.monotonic() - beganAt)
    },
    async close() {
      http.close()
    },
  }
}

/** Of no page anything comes while nobody is logged in. */
function isLoginFailure({ kind, code }: HearthError): boolean {
  return kind === 'auth' || code === LOGIN_FAILED
}

function isSilence({ kind }: HearthError): boolean {
  return kind === 'connect' || kind === 'timeout'
}

/** A few of the names, made fit for one line: a page may have any number of them, with anything in them. */
function listed(names: readonly string[]): string {
  const shown = names
    .slice(0, MOST_NAMES)
    .map(name => name.replace(/[\p{C}\s]+/gu, ' ').slice(0, LONGEST_NAME))
  const more = names.length - shown.length
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ')
}

function other(where: string): HearthError {
  return new HearthError('HEARTH_PAGE_OTHER', `${where}: it is another page than before`, { kind: 'schema' })
}

function words({ message, hint }: HearthError): string {
  return hint ? `${message}. ${hint}` : message
}

/** What the frame of the first page says of the gateway, as readings of their own. */
function aboutReadings(page: PageName, about: About): readonly Reading[] {
  if (page !== PAGES[0]) return []
  return Object.entries(about).map(([word, value]) => ({ key: `gateway/${word}`, value }))
}

/** A page without values, and without anything that each page of a gateway has. */
function isForeign(read: ReadPage): boolean {
  if (read.kind === 'values') return false
  const { language, firmware, title = '' } = read.about
  return language === undefined && firmware === undefined && !/stiebel|tecalor|reglersteuerung/i.test(title)
}

function noGateway(place: string): HearthError {
  return new HearthError('HEARTH_NO_ISG', `${place}: what answers there is no Internet Service Gateway`, {
    kind: 'schema',
    hint: 'Check the address',
  })
}
