import { choice, command, type Entity, flag, number, settable, tenths, text, within } from './entity.ts'
import { same, words } from './words.ts'

const MODES = [words('off', 'aus', 'uit'), words('manual', 'manuell', 'handmatig'), same('auto')]
const MODE_TYPES = [words('eco', 'Eco', 'eco'), words('comfort', 'Komfort', 'comfort')]

const SELECTED = words('selected room temperature', 'Sollwert Raumtemperatur', 'Ingestelde kamertemperatuur')
const CURRENT = words('current room temperature', 'Raumtemperatur', 'Huidige kamertemperatuur')
const MODE = words('operating mode', 'Betriebsmodus', 'Bedrijfsmodus')

/** An RC310 with a heating circuit and hot water. */
export const RC310: readonly Entity[] = [
  text('datetime', words('date/time', 'Datum/Zeit', 'Datum/tijd'), '21.11.2026 10:00'),
  text('errorcode', words('error code', 'Fehlermeldung', 'Foutcode')),
  tenths(
    'dampedoutdoortemp',
    words('damped outdoor temperature', 'gedämpfte Aussentemperatur', 'Gedempte buitentemperatuur'),
    31,
  ),
  tenths('intoffset', words('internal temperature offset', 'Korrektur', 'Interne compensatie'), -2, {
    width: 8,
    isDifference: true,
    ...settable(-12, 12),
  }),
  ...within('hc1', [
    number('seltemp', SELECTED, 41, { unit: '°C', divisor: 2, width: 8, ...settable(0, 30) }),
    tenths('currtemp', CURRENT, 228),
    command('remotetemp', words('room temperature from remote', 'Fernfühler', 'Afstandsvoeler'), {
      unit: '°C',
    }),
    choice('mode', MODE, MODES, 2, settable()),
    choice('modetype', words('mode type', 'Modustyp', 'Modustype'), MODE_TYPES, 1),
    number('targetflowtemp', words('target flow temperature', 'Zielvorlauf', 'Doel aanvoer'), 45, {
      unit: '°C',
      width: 8,
    }),
    flag('summermode', words('summer mode', 'Sommerbetrieb', 'Zomermodus'), 0),
  ]),
  ...within('dhw', [
    choice(
      'mode',
      MODE,
      [words('off', 'aus', 'uit'), words('normal', 'Normal', 'normaal'), same('auto')],
      1,
      {
        ...settable(),
      },
    ),
    flag('circpump', words('circulation pump', 'Zirkulationspumpe', 'Circulatiepomp'), 1, settable()),
  ]),
]

/** An RC200 in a second circuit: firmware forgets it where it walks the devices of a type. */
export const RC200: readonly Entity[] = within('hc2', [
  number('seltemp', SELECTED, 38, { unit: '°C', divisor: 2, width: 8, ...settable(0, 30) }),
  tenths('currtemp', CURRENT, 195),
  choice('mode', MODE, MODES, 1, settable()),
])

/** An EasyControl: room temperatures in hundredths. */
export const EASY_CONTROL: readonly Entity[] = within('hc1', [
  number('seltemp', SELECTED, 2050, { unit: '°C', divisor: 100, ...settable(0, 30) }),
  number('currtemp', CURRENT, 2157, { unit: '°C', divisor: 100 }),
  choice('mode', MODE, MODES, 2, settable()),
])

/** The few entities of the document's thermostat. */
export const SMALL_THERMOSTAT: readonly Entity[] = within('hc1', [
  number('seltemp', SELECTED, 41, { unit: '°C', divisor: 2, width: 8, ...settable(0, 30) }),
  tenths('currtemp', CURRENT, 228),
  choice('mode', MODE, MODES, 2, settable()),
])
