import {
  MACHINE_PAGE,
  PAGES,
  PAGES_OF_MANAGERS,
  PAGES_OF_VENTILATION_UNITS,
  type PageName,
} from './page-list.ts'

/** Which pages a poll asks for, and in which order: never more than the original's seven. */
export interface Turns {
  next(): readonly PageName[]
  /** A page was read. */
  read(page: PageName, hasRows: boolean): void
  /** The gateway answers that it does not have the page. */
  isNotThere(page: PageName): void
  /** The poll was given up at pages that never come: those behind them are asked for first in the next. */
  givenUpAt(page: PageName): void
  /** All pages came. */
  done(): void
}

/** A page that is not there may be after the gateway's next update. */
const POLLS_WITHOUT = 1000

const ORDER: readonly PageName[] = PAGES

/** Makes the turns of one gateway. @param readsMachine whether the machine's page is wanted, where there is one */
export function createTurns(readsMachine: boolean): Turns {
  const withRows = new Set<PageName>()
  const withoutRows = new Set<PageName>()
  let first = 0
  let turn = 0
  let pollsWithout = 0

  /** Ventilation units have rows on pages of their own; a page that could not be read says nothing. */
  const isManager = () =>
    PAGES_OF_MANAGERS.every(page => withRows.has(page)) &&
    PAGES_OF_VENTILATION_UNITS.every(page => withoutRows.has(page) && !withRows.has(page))

  return {
    next() {
      const pages = [...ORDER.slice(first), ...ORDER.slice(0, first)]
      pollsWithout = Math.max(0, pollsWithout - 1)
      if (!readsMachine || pollsWithout > 0 || !isManager()) return pages
      const left = PAGES_OF_VENTILATION_UNITS[turn++ % PAGES_OF_VENTILATION_UNITS.length]
      return pages.map(page => (page === left ? MACHINE_PAGE : page))
    },
    read(page, hasRows) {
      const into = hasRows ? withRows : withoutRows
      into.add(page)
    },
    isNotThere(page) {
      if (page === MACHINE_PAGE) pollsWithout = POLLS_WITHOUT
    },
    givenUpAt(page) {
      first = (ORDER.indexOf(page) + 1) % ORDER.length
    },
    done() {
      first = 0
    },
  }
}
