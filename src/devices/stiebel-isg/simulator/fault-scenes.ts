import type { Disturbance } from './disturbance.ts'
import { type Row, type Table, table } from './gateways/gateway.ts'
import { DEMO_CREDENTIALS, type Scene } from './scene.ts'
import { makeGerman } from './sound-scenes.ts'

const SYSTEM = ['1,0']
const HEAT_PUMP = ['1,1']
const STATUS = ['2,0']

/** The German unit that stands still, with something wrong. */
export const FAULT_SCENES: readonly Scene[] = [
  faulty('hanging', 'No page is ever answered.', { kind: 'hang' }),
  faulty('hanging-page', 'The status page is never answered.', { kind: 'hang', pages: STATUS }),
  faulty('reset', 'Every page is reset in its middle.', { kind: 'reset' }),
  faulty('reset-page', 'The status page is reset in its middle.', { kind: 'reset', pages: STATUS }),
  faulty('gone', 'Connections end before an answer begins.', { kind: 'drop' }),
  faulty('broken-off', 'Every answer breaks off.', { kind: 'break-off' }),
  faulty('cut', 'Every page ends within a key or a value, with a good end of the answer.', { kind: 'cut' }),
  faulty('cut-system', 'The system page ends within a value.', { kind: 'cut', pages: SYSTEM }),
  faulty('cut-status', 'The status page ends within a state.', { kind: 'cut', pages: STATUS }),
  faulty('garbage', 'Bytes that mean nothing in place of every page.', { kind: 'garbage' }),
  faulty('garbage-page', 'Bytes that mean nothing in place of the heat pump page.', {
    kind: 'garbage',
    pages: HEAT_PUMP,
  }),
  faulty('empty', 'Every page is empty.', { kind: 'empty' }),
  faulty('empty-status', 'The status page is empty.', { kind: 'empty', pages: STATUS }),
  faulty('error-500', 'The heat pump page fails with HTTP 500.', {
    kind: 'status',
    status: 500,
    pages: HEAT_PUMP,
  }),
  faulty('error-500-status', 'The status page fails with HTTP 500.', {
    kind: 'status',
    status: 500,
    pages: STATUS,
  }),
  faulty('error-503', 'Every page fails with HTTP 503.', { kind: 'status', status: 503 }),
  faulty('flood-page', 'The analysis page never ends: megabytes of rows.', { kind: 'flood', pages: ['2,3'] }),
  faulty('drip-page', 'The analysis page comes a byte at a time.', { kind: 'drip', pages: ['2,3'] }),
  faulty('slow', 'Every page takes a second.', { kind: 'slow', ms: 1000 }),
  behindLogin('wrong-password', 'Security is on, and no password is the right one.', {
    kind: 'refuse-logins',
  }),
  behindLogin('short-sessions', 'Security is on, and every session dies after three pages.', {
    kind: 'short-sessions',
    pages: 3,
  }),
  behindLogin('logged-out', 'Security is on, and every session is lost at the status page.', {
    kind: 'log-out',
    pages: STATUS,
  }),
  faulty('latin-1', 'Pages in Latin-1 that claim to be UTF-8.', {
    kind: 'charset',
    bytes: 'latin1',
    header: 'utf-8',
    meta: 'utf-8',
  }),
  faulty('latin-1-header', 'Pages in Latin-1 whose header says so, and that claim UTF-8 themselves.', {
    kind: 'charset',
    bytes: 'latin1',
    header: 'ISO-8859-1',
    meta: 'utf-8',
  }),
  faulty('latin-1-meta', 'Pages in Latin-1 that say so themselves, without a charset in the header.', {
    kind: 'charset',
    bytes: 'latin1',
    header: undefined,
    meta: 'iso-8859-1',
  }),
  faulty('entities', 'Umlauts and signs as entities.', { kind: 'entities' }),
  faulty('idle-dropped', 'Connections are kept open and dropped at their second request.', {
    kind: 'drop-idle',
  }),
  faulty('empty-keys', 'Rows without a key, or with one of which nothing is left.', {
    kind: 'tables',
    page: '1,0',
    change: withRows([
      ['', '12,3°C'],
      ['()', '4'],
      ['. , *', '5'],
      ['???', '6'],
      ['', ''],
    ]),
  }),
  faulty('odd-signs', 'Odd minus signs and odd spaces in values and keys.', {
    kind: 'tables',
    page: '1,0',
    change: withRows([
      ['MATHEMATISCHES MINUS', '\u22125,0°C'],
      ['HALBGEVIERTSTRICH', '\u20136,0°C'],
      ['PLUSZEICHEN', '+6,3 K'],
      ['UMBRUCHFREI', '\u00a07,5\u00a0°C\u00a0'],
      ['ZWEI LEERZEICHEN', '8,5  °C'],
      ['LEERZEICHEN NACH DEM MINUS', '- 9,5°C'],
      ['STRICHE', '--'],
      ['DATUM', '2026-01-01'],
      ['  RAND  ', '  1,5 bar  '],
      ['STICH\u00a0WORT', '3'],
    ]),
  }),
  faulty('thousands', 'Thousands separators of all kinds.', {
    kind: 'tables',
    page: '1,0',
    change: withRows([
      ['TAUSENDER PUNKT', '1.234,5 kWh'],
      ['TAUSENDER KOMMA', '1,234.5 kWh'],
      ['TAUSENDER LEERZEICHEN', '1 234,5 kWh'],
      ['TAUSENDER APOSTROPH', "1'234,5 kWh"],
      ['MILLIONEN', '1.234.567'],
    ]),
  }),
  faulty('kind-off', 'A row that is a temperature at other times says Aus.', {
    kind: 'tables',
    page: '1,0',
    change: withRows([['FESTWERTBETRIEB', 'Aus']]),
  }),
  faulty('kind-value', 'The same row with a temperature.', {
    kind: 'tables',
    page: '1,0',
    change: withRows([['FESTWERTBETRIEB', '12,3°C']]),
  }),
  faulty('kind-changes', 'The same row is Aus and a temperature in turn.', {
    kind: 'tables',
    page: '1,0',
    change: (tables, reads) => withRows([['FESTWERTBETRIEB', reads % 2 === 1 ? 'Aus' : '12,3°C']])(tables),
  }),
  faulty('pump-off', 'The pump does not run: its state is not on the page.', {
    kind: 'tables',
    page: '2,0',
    change: without(['HEIZKREISPUMPE']),
  }),
  faulty('pump-blinks', 'The pump runs in every other poll.', {
    kind: 'tables',
    page: '2,0',
    change: (tables, reads) => (reads % 2 === 1 ? tables : without(['HEIZKREISPUMPE'])(tables)),
  }),
  faulty('rows-gone', 'Some rows of the system page are gone.', {
    kind: 'tables',
    page: '1,0',
    change: without(['VOLUMENSTROM', 'DRUCK HEIZKREIS', 'ABLUFTFEUCHTE']),
  }),
  faulty('page-gone', 'The analysis page has no tables any more.', {
    kind: 'tables',
    page: '2,3',
    change: () => [],
  }),
  {
    name: 'storm',
    summary: 'Security is on and nearly everything goes wrong now and then.',
    login: DEMO_CREDENTIALS,
    // No two have a factor in common with the seven pages of a poll: each page is hit in turn.
    disturbances: [
      { kind: 'cut', every: 5 },
      { kind: 'log-out', every: 9 },
      { kind: 'reset', every: 11 },
      { kind: 'status', status: 500, every: 13 },
      { kind: 'garbage', every: 16 },
      { kind: 'empty', every: 17 },
      { kind: 'break-off', every: 19 },
      { kind: 'drop', every: 23 },
    ],
    make: makeGerman,
  },
]

function faulty(name: string, summary: string, disturbance: Disturbance): Scene {
  return { name, summary, login: undefined, disturbances: [disturbance], make: makeGerman }
}

function behindLogin(name: string, summary: string, disturbance: Disturbance): Scene {
  return { ...faulty(name, summary, disturbance), login: DEMO_CREDENTIALS }
}

function withRows(rows: readonly Row[]): (tables: readonly Table[]) => readonly Table[] {
  return tables => [...tables, table('SONDERFÄLLE', rows)]
}

function without(keys: readonly string[]): (tables: readonly Table[]) => readonly Table[] {
  return tables =>
    tables.map(({ heading, rows }) => ({ heading, rows: rows.filter(([key]) => !keys.includes(key)) }))
}
