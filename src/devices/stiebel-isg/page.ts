import { Parser } from 'htmlparser2'
import { trimmed } from './blank.ts'

/**
 * The pages of the gateway:
 *
 *     <form id="werte" action="#">
 *       <table class="info"> <tr><th class="round-top" colspan=2>HEADING</th></tr>
 *         <tr class="even"><td class="key">KEY</td><td class="value">34,6°C</td></tr>
 *         <tr class="odd"> <td class="key">STATE THAT IS ON</td><td class="value"><img ...></td></tr> </table>
 *     </div></form></div> ... </html>
 *
 * Who is not logged in gets, in place of every page and with status 200, one whose form has a field `pass`.
 */
export type Page =
  | {
      readonly kind: 'values'
      readonly sections: readonly Section[]
      readonly about: About
      readonly isEmpty: boolean
    }
  /** A whole page without the form in which values stand. */
  | { readonly kind: 'other'; readonly about: About }
  | { readonly kind: 'login' }
  /** Not whole, or not well formed where it matters: nothing of it can be believed. */
  | { readonly kind: 'damaged'; readonly what: string }

export interface Section {
  readonly heading: string
  readonly rows: readonly Row[]
}

/** Texts as they stand there, blanks at their ends included. */
export interface Row {
  readonly key: string
  readonly value: string
  /** Address of the picture in the value cell, if there is one. */
  readonly picture?: string
}

/** What the frame of each page says of the gateway. */
export interface About {
  readonly title?: string
  /** Name of the chosen language, `DEUTSCH`. */
  readonly language?: string
  readonly firmware?: string
}

/** Longest key, value or heading: the texts of a page that is none of the gateway's have no end. */
const LONGEST_TEXT = 300
/** Blank lines may stand behind the end. */
const LONGEST_TAIL = 1_000
const MOST_ROWS = 2_000

type Catcher = 'title' | 'heading' | 'key' | 'value' | 'language' | 'firmware'

interface Draft {
  title: string
  language: string
  firmware: string
  hasForm: boolean
  /** Where the last table has ended, counted in characters. */
  tablesEndAt: number
  isPostForm: boolean
  hasPasswordField: boolean
  sections: { heading: string; rows: Row[] }[]
  rows: number
  damage: string | undefined
}

/** What is said of a page that does not end as pages do. */
export const CUT = 'it is cut: its end is missing'

/** Whether the text, in whatever charset, ends as a whole page does. */
export function hasEnd(html: string): boolean {
  return html.slice(-LONGEST_TAIL).trimEnd().toLowerCase().endsWith('</html>')
}

/** Reads a page. Never throws. */
export function parsePage(html: string): Page {
  if (!hasEnd(html)) return { kind: 'damaged', what: CUT }
  const draft = read(html)
  if (draft.hasPasswordField || (draft.hasForm && draft.isPostForm && draft.sections.length === 0))
    return { kind: 'login' }
  if (draft.damage !== undefined) return { kind: 'damaged', what: draft.damage }
  const about = aboutOf(draft)
  if (!draft.hasForm) return { kind: 'other', about }
  // Elements are closed in the wrong order: the end of the form may be one of nothing to a parser.
  if (!html.toLowerCase().includes('</form', draft.tablesEndAt))
    return { kind: 'damaged', what: 'it is cut: its form has no end' }
  return { kind: 'values', sections: draft.sections, about, isEmpty: draft.rows === 0 }
}

function aboutOf({ title, language, firmware }: Draft): About {
  const said = { title: trimmed(title), language: trimmed(language), firmware: trimmed(firmware) }
  return Object.fromEntries(Object.entries(said).filter(([, text]) => text !== ''))
}

function read(html: string): Draft {
  const draft: Draft = {
    title: '',
    language: '',
    firmware: '',
    hasForm: false,
    tablesEndAt: 0,
    isPostForm: false,
    hasPasswordField: false,
    sections: [],
    rows: 0,
    damage: undefined,
  }
  let isInForm = false
  let section: { heading: string; rows: Row[] } | undefined
  let row: { key?: string; value?: string; picture?: string } | undefined
  let catching: { what: Catcher; tag: string; text: string } | undefined
  let isLanguageBox = false

  const damaged = (what: string) => {
    draft.damage ??= what
  }
  const start = (what: Catcher, tag: string) => {
    catching = { what, tag, text: '' }
  }
  const endRow = () => {
    if (row?.key !== undefined && row.value !== undefined && section) {
      if (draft.rows >= MOST_ROWS) return damaged('it has rows without end')
      const { key, value, picture } = row
      section.rows.push({ key, value, ...(picture === undefined ? {} : { picture }) })
      draft.rows++
    }
    row = undefined
  }
  const caught = (what: Catcher, text: string) => {
    if (text.length > LONGEST_TEXT) return damaged('one of its texts has no end')
    if (what === 'heading' && section) section.heading += text
    else if (what === 'key' && row) row.key = (row.key ?? '') + text
    else if (what === 'value' && row) row.value = (row.value ?? '') + text
    else if (what === 'title') draft.title ||= text
    else if (what === 'language') draft.language ||= text
    else if (what === 'firmware') draft.firmware ||= text
  }

  const parser = new Parser({
    onopentag(tag, attributes) {
      const classes = new Set((attributes['class'] ?? '').split(/\s+/))
      if (catching && catching.what !== 'title' && CELL_ENDERS.has(tag))
        damaged('one of its cells has no end')
      if (tag === 'form' && attributes['id'] === 'werte') {
        isInForm = true
        draft.hasForm = true
        draft.tablesEndAt = parser.startIndex
        draft.isPostForm = (attributes['method'] ?? '').toLowerCase() === 'post'
      } else if (tag === 'input' && attributes['name'] === 'pass') draft.hasPasswordField = true
      else if (tag === 'title') start('title', tag)
      else if (tag === 'div' && classes.has('eingestelle_sprache')) isLanguageBox = true
      else if (tag === 'a' && isLanguageBox) start('language', tag)
      else if (tag === 'p' && attributes['id'] === 'versionsNummer') start('firmware', tag)
      if (!isInForm) return
      if (tag === 'table' && classes.has('info')) {
        if (section) damaged('one of its tables has no end')
        section = { heading: '', rows: [] }
        draft.sections.push(section)
      }
      if (!section) return
      if (tag === 'tr') {
        endRow()
        if (classes.has('even') || classes.has('odd')) row = {}
      } else if (tag === 'th' && classes.has('round-top')) start('heading', tag)
      else if (tag === 'td' && row && classes.has('key')) start('key', tag)
      else if (tag === 'td' && row && classes.has('value')) start('value', tag)
      else if (tag === 'img' && row && catching?.what === 'value') row.picture = attributes['src'] ?? ''
    },
    ontext(text) {
      if (catching) catching.text += text
    },
    onclosetag(tag, isImplied) {
      if (catching && catching.tag === tag) {
        const { what, text } = catching
        catching = undefined
        if (isImplied && CELLS.has(what)) damaged('one of its cells has no end')
        caught(what, text)
      }
      if (tag === 'div') isLanguageBox = false
      if (tag === 'tr') endRow()
      if (tag === 'table' && section) {
        if (isImplied) damaged('one of its tables has no end')
        endRow()
        section = undefined
        draft.tablesEndAt = parser.startIndex
      }
      if (tag === 'form') isInForm = false
    },
  })
  parser.end(html)
  if (section) damaged('one of its tables has no end')
  return draft
}

const CELLS: ReadonlySet<Catcher> = new Set(['heading', 'key', 'value'])
/** Elements that cannot stand within a cell of the gateway's tables. */
const CELL_ENDERS: ReadonlySet<string> = new Set(['td', 'th', 'tr', 'table', 'form', 'html', 'body', 'head'])
