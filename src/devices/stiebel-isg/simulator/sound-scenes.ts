import { documentPages } from './gateways/document-lwz.ts'
import { ENGLISH_PAGES } from './gateways/english-wpm.ts'
import { FRENCH_PAGES } from './gateways/french-wpm.ts'
import { type Gateway, type Pages, STIEBEL, TECALOR } from './gateways/gateway.ts'
import { germanPages } from './gateways/german-lwz.ts'
import { EVERY_STATE, livingHouse, STILL_HOUSE } from './gateways/house.ts'
import { HUNGARIAN_PAGES } from './gateways/hungarian-wpm.ts'
import { DEMO_CREDENTIALS, ODD_CREDENTIALS, type Scene } from './scene.ts'

const GERMAN = { language: 'DEUTSCH', version: 'v12.2.3', brand: STIEBEL } as const

/** The gateway of the fault scenarios: German, and nothing moves. */
export const makeGerman: Scene['make'] = () => still(GERMAN, germanPages(STILL_HOUSE))

const GATEWAYS: readonly Pick<Scene, 'name' | 'summary' | 'make'>[] = [
  {
    name: 'demo',
    summary:
      'A German ventilation unit LWZ 404 in winter: heating, a defrost, hot water and a rest every hour.',
    make: ({ startAt, seed }) => {
      const houseAt = livingHouse(startAt, seed)
      return { ...GERMAN, pages: elapsedMs => germanPages(houseAt(elapsedMs)) }
    },
  },
  { name: 'german', summary: 'The same unit, standing still.', make: makeGerman },
  {
    name: 'document',
    summary: "The values in the original's document: the pump stops after the first poll.",
    make: ({ reads }) => ({
      ...GERMAN,
      version: 'v10.2.0',
      pages: () => documentPages(reads('2,0') <= 1),
    }),
  },
  {
    name: 'english',
    summary: 'A heat pump manager in English, with keys that stand in two tables.',
    make: () => still({ language: 'ENGLISH', version: 'v12.1.1', brand: STIEBEL }, ENGLISH_PAGES),
  },
  {
    name: 'french',
    summary: 'A heat pump manager in French: accents, curly apostrophes, a blank before units.',
    make: () => still({ language: 'FRANÇAIS', version: 'v10.2.0', brand: STIEBEL }, FRENCH_PAGES),
  },
  {
    name: 'hungarian',
    summary: 'A heat pump manager in Hungarian: wrong letters beside right ones, so that names meet.',
    make: () => still({ language: 'MAGYAR', version: '1.4.00.0040', brand: STIEBEL }, HUNGARIAN_PAGES),
  },
]

/** Gateways with nothing wrong, each without and with a login. */
export const SOUND_SCENES: readonly Scene[] = [
  ...GATEWAYS.flatMap(gateway => [
    { ...gateway, login: undefined, disturbances: [] },
    {
      ...gateway,
      name: `${gateway.name}-login`,
      summary: gateway.summary.replace(/\.$/, '; security is on: user demo, password demo.'),
      login: DEMO_CREDENTIALS,
      disturbances: [],
    },
  ]),
  {
    name: 'odd-login',
    summary: 'The German unit with a login whose name and password hold &, =, +, %, blanks and umlauts.',
    login: ODD_CREDENTIALS,
    disturbances: [],
    make: makeGerman,
  },
  {
    name: 'every-flag',
    summary: 'The German unit with every state on at once.',
    login: undefined,
    disturbances: [],
    make: () => still(GERMAN, germanPages({ ...STILL_HOUSE, states: EVERY_STATE })),
  },
  {
    name: 'tecalor',
    summary: 'The German unit under its other brand: another title, other pictures.',
    login: undefined,
    disturbances: [],
    make: () => still({ ...GERMAN, brand: TECALOR }, germanPages(STILL_HOUSE)),
  },
]

function still(shown: Pick<Gateway, 'language' | 'version' | 'brand'>, pages: Pages): Gateway {
  return { ...shown, pages: () => pages }
}
