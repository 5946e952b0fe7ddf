/** A page of the cloud that hearth reads. Names as in the keys of readings. */
export type PageName =
  | 'menu'
  | 'system_review'
  | 'loop_1'
  | 'loop_2'
  | 'loop_3'
  | 'loop_4'
  | 'tap_water'
  | 'pool'
  | 'reservoir'
  | 'alarms'
  | 'consumption'
  | 'basic'
  | 'shortcuts'

/** A part of a page's answer that is read. */
export interface Section {
  readonly name: string
  readonly shape: 'object' | 'list'
  /** A plant without this part leaves it out. */
  readonly isOptional?: boolean
}

export interface PageSpec {
  readonly query: string
  readonly method: 'GET' | 'POST'
  readonly sections: readonly Section[]
}

const CIRCLE: Section = { name: 'HeatingCircleData', shape: 'object' }
const OPTIONAL_CIRCLE: Section = { ...CIRCLE, isOptional: true }

/** The pages by name. The method POST is a question with a form here; no query of this table writes (`Action=1` would). */
export const PAGES: Readonly<Record<PageName, PageSpec>> = {
  menu: get('Menu=1', []),
  system_review: get('TopPage=1&Subpage=2', [
    { name: 'TemperaturesAndConfig', shape: 'object' },
    { name: 'CurrentFunctionData', shape: 'list' },
    { name: 'SystemData', shape: 'list' },
  ]),
  loop_1: get('TopPage=1&Subpage=5', [CIRCLE]),
  loop_2: get('TopPage=1&Subpage=6', [OPTIONAL_CIRCLE]),
  loop_3: get('TopPage=1&Subpage=7', [OPTIONAL_CIRCLE]),
  loop_4: get('TopPage=1&Subpage=8', [OPTIONAL_CIRCLE]),
  tap_water: get('TopPage=1&Subpage=9', [CIRCLE]),
  pool: get('TopPage=1&Subpage=10', [OPTIONAL_CIRCLE]),
  reservoir: get('TopPage=1&Subpage=4', [OPTIONAL_CIRCLE]),
  alarms: get('TopPage=1&Subpage=11', [{ name: 'AlarmsData', shape: 'list', isOptional: true }]),
  basic: get('TopPage=1&Subpage=1', [{ name: 'InfoData', shape: 'object' }]),
  shortcuts: get('TopPage=1&Subpage=3', [{ name: 'ShortcutsData', shape: 'object' }]),
  consumption: { query: 'TopPage=4&Subpage=4&Action=4', method: 'POST', sections: [] },
}

/** The pages that carry the values of one loop or part, with their circuit in the unified dialect. */
export const CIRCLE_PAGES = {
  loop_1: 'hc1',
  loop_2: 'hc2',
  loop_3: 'hc3',
  loop_4: 'hc4',
  tap_water: 'dhw1',
  pool: 'pool1',
  reservoir: 'buffer',
} as const

export type CirclePage = keyof typeof CIRCLE_PAGES

function get(query: string, sections: readonly Section[]): PageSpec {
  return { query, method: 'GET', sections }
}
