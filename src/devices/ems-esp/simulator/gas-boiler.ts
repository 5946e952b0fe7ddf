import { choice, command, type Entity, flag, number, settable, tenths, text, time, within } from './entity.ts'
import { OFF, same, words } from './words.ts'

export const PUMP_MODES = [
  OFF,
  ...['1x3min', '2x3min', '3x3min', '4x3min', '5x3min', '6x3min'].map(same),
  words('continuous', 'kontinuierlich', 'continu'),
]
export const COMFORTS = [
  words('hot', 'Heiss', 'Heet'),
  words('eco', 'Eco', 'Eco'),
  words('intelligent', 'Intelligent', 'Intelligent'),
]
const MAINTENANCE = [
  OFF,
  words('time', 'Zeit', 'Tijd'),
  words('date', 'Datum', 'Datum'),
  words('manual', 'manuell', 'handmatig'),
]
const kWh = { unit: 'kWh', divisor: 100, width: 24, onlyGrows: true } as const

/** A condensing gas boiler that is just heating. */
export const GAS_BOILER: readonly Entity[] = [
  command('reset', words('reset', 'Reset', 'Reset'), {
    options: [same('-'), words('maintenance', 'Wartung', 'Onderhoud'), words('error', 'Fehler', 'Fout')],
  }),
  command('chimneysweeper', words('chimney sweeper', 'Schornsteinfeger', 'Schoorsteenveger')),
  flag('heatingoff', words('force heating off', 'Heizen ausgeschaltet', 'Verwarming uit'), 0, settable()),
  flag('heatingactive', words('heating active', 'Heizen aktiv', 'Verwarming actief'), 1),
  flag('tapwateractive', words('tapwater active', 'Warmwasser aktiv', 'Warm water actief'), 0),
  number(
    'selflowtemp',
    words('selected flow temperature', 'Sollwert Vorlauf', 'Ingestelde aanvoertemperatuur'),
    62,
    {
      unit: '°C',
      width: 8,
      ...settable(0, 90),
    },
  ),
  number(
    'selburnpow',
    words('burner selected max power', 'Sollwert Brennerleistung', 'Ingestelde brander max'),
    100,
    {
      unit: '%',
      width: 8,
      ...settable(0, 254),
    },
  ),
  number('heatingpumpmod', words('heating pump modulation', 'Heizungspumpe', 'Modulatie pomp'), 74, {
    unit: '%',
    width: 8,
  }),
  tenths('outdoortemp', words('outside temperature', 'Aussentemperatur', 'Buitentemperatuur'), -23),
  tenths('curflowtemp', words('current flow temperature', 'aktueller Vorlauf', 'Huidige aanvoer'), 602),
  tenths('rettemp', words('return temperature', 'Rücklauftemperatur', 'Retourtemperatuur'), 483),
  tenths('switchtemp', words('mixing switch temperature', 'Mischer Temperatur', 'Mengtemperatuur')),
  tenths('syspress', words('system pressure', 'Systemdruck', 'Systeemdruk'), 16, { unit: 'bar', width: 8 }),
  tenths('boiltemp', words('actual boiler temperature', 'Kesseltemperatur', 'Keteltemperatuur'), 604),
  tenths('exhausttemp', words('exhaust temperature', 'Auspufftemperatur', 'Uitlaattemperatuur')),
  flag('burngas', words('gas', 'Gas', 'Gas'), 1),
  flag('burngas2', words('gas stage 2', 'Gas Stufe 2', 'Gas fase 2'), 0),
  tenths('flamecurr', words('flame current', 'Flammenstrom', 'Vlamstroom'), 327, { unit: 'µA' }),
  flag('fanwork', words('fan', 'Gebläse', 'Ventilator'), 1),
  flag('ignwork', words('ignition', 'Zündung', 'Ontsteking'), 0),
  flag('heatingactivated', words('heating activated', 'Heizen aktiviert', 'CV actief'), 1, settable()),
  number('heatingtemp', words('heating temperature', 'Heizungstemperatur', 'Verwarmingstemperatuur'), 75, {
    unit: '°C',
    width: 8,
    ...settable(0, 90),
  }),
  number('boilhyston', words('hysteresis on temperature', 'Einschaltdifferenz', 'Hysterese aan'), -6, {
    unit: '°C',
    width: 8,
    isDifference: true,
    ...settable(-20, 0),
  }),
  number('boilhystoff', words('hysteresis off temperature', 'Ausschaltdifferenz', 'Hysterese uit'), 6, {
    unit: '°C',
    width: 8,
    isDifference: true,
    ...settable(0, 20),
  }),
  number('curburnpow', words('burner current power', 'Brennerleistung', 'Brandervermogen'), 43, {
    unit: '%',
    width: 8,
  }),
  number('burnstarts', words('burner starts', 'Brenner Starts', 'Brander starts'), 48_711, {
    width: 24,
    onlyGrows: true,
  }),
  time(
    'burnworkmin',
    words('total burner operating time', 'Brenner Laufzeit', 'Brander looptijd'),
    1_085_414,
  ),
  time('heatworkmin', words('total heat operating time', 'Heizung Laufzeit', 'Verwarming looptijd'), 907_222),
  number('heatstarts', words('burner starts heating', 'Heizen Starts', 'Verwarming starts'), 35_123, {
    width: 24,
    onlyGrows: true,
  }),
  time('ubauptime', words('total UBA operating time', 'Anlagen-Gesamtlaufzeit', 'UBA looptijd'), 3_940_268),
  text(
    'lastcode',
    words('last error code', 'letzter Fehler', 'Laatste foutcode'),
    'A11(802) 14.11.2026 06:21 (3 min)',
  ),
  text('servicecode', words('service code', 'Statusmeldung', 'Statuscode'), '-H'),
  number('servicecodenumber', words('service code number', 'Statusmeldungsnr.', 'Statuscodenummer'), 200),
  text('maintenancemessage', words('maintenance message', 'Wartungsmeldung', 'Onderhoudsmelding')),
  choice(
    'maintenance',
    words('maintenance scheduled', 'Wartung gesetzt', 'Onderhoud gepland'),
    MAINTENANCE,
    2,
    settable(),
  ),
  number('maintenancetime', words('time to next maintenance', 'Wartung in', 'Tijd tot onderhoud'), 6000, {
    unit: 'hours',
    ...settable(0, 31_999),
  }),
  text(
    'maintenancedate',
    words('next maintenance date', 'Wartungsdatum', 'Onderhoudsdatum'),
    '01.10.2027',
    settable(),
  ),
  number('absburnpow', words('burner current power (absolute)', 'Leistung', 'Vermogen'), 41, {
    unit: '%',
    width: 8,
  }),
  number('nominalpower', words('nominal power', 'Nennleistung', 'Nominaal vermogen'), 24, {
    unit: 'kW',
    width: 8,
    ...settable(0, 254),
  }),
  number('nrgtotal', words('total energy', 'Gesamtenergie', 'Totale energie'), 2_204_250, kWh),
  number('nrgheat', words('energy heating', 'Energie Heizen', 'Energie verwarming'), 1_903_100, kWh),
  command('emergencytemp', words('emergency temperature', 'Notfalltemperatur', 'Noodtemperatuur'), {
    unit: '°C',
  }),
  ...within('dhw', [
    number('seltemp', words('selected temperature', 'gewählte Temperatur', 'Geselecteerde temperatuur'), 52, {
      unit: '°C',
      width: 8,
      ...settable(0, 254),
    }),
    number('settemp', words('set temperature', 'Solltemperatur', 'Streeftemperatuur'), 55, {
      unit: '°C',
      width: 8,
    }),
    choice('comfort', words('comfort', 'Komfort', 'Comfort'), COMFORTS, 0, settable()),
    choice(
      'circmode',
      words('circulation pump mode', 'Zirkulationspumpenmodus', 'Circulatiepomp modus'),
      PUMP_MODES,
      0,
      settable(),
    ),
    flag('charging', words('charging', 'Laden', 'Laden'), 0),
    flag('onetime', words('one time charging', 'Einmalladung', 'Eenmalig laden'), 0, settable()),
    flag('disinfecting', words('disinfecting', 'Desinfizieren', 'Desinfecteren'), 0, settable()),
    flag('active', words('active', 'aktiv', 'Actief'), 0),
    tenths('curtemp', words('current intern temperature', 'Temperatur intern', 'Interne temperatuur'), 514),
    tenths('storagetemp1', words('storage intern temperature', 'Speicher', 'Boilertemperatuur'), 514),
    tenths('curflow', words('current tap water flow', 'Durchfluss', 'Doorstroom'), 0, {
      unit: 'l/min',
      width: 8,
    }),
    number('starts', words('starts', 'Anzahl Starts', 'Starts'), 13_588, { width: 24, onlyGrows: true }),
    time('workm', words('active time', 'aktive Zeit', 'Actieve tijd'), 178_192),
    number('nrg', words('energy', 'Energie', 'Energie'), 301_150, kWh),
  ]),
]

/** The few entities of the document's boiler; it is small also for firmware that describes one at a time. */
export const SMALL_BOILER: readonly Entity[] = [
  flag('heatingactive', words('heating active', 'Heizen aktiv', 'Verwarming actief'), 1),
  number('selflowtemp', words('selected flow temperature', 'Sollwert Vorlauf', 'Ingestelde aanvoer'), 62, {
    unit: '°C',
    width: 8,
    ...settable(0, 90),
  }),
  tenths('curflowtemp', words('current flow temperature', 'aktueller Vorlauf', 'Huidige aanvoer'), 602),
  tenths('rettemp', words('return temperature', 'Rücklauftemperatur', 'Retourtemperatuur')),
  time('ubauptime', words('total UBA operating time', 'Anlagen-Gesamtlaufzeit', 'UBA looptijd'), 3_940_268),
  text('servicecode', words('service code', 'Statusmeldung', 'Statuscode'), '-H'),
  number('nrgtotal', words('total energy', 'Gesamtenergie', 'Totale energie'), 2_204_250, kWh),
  ...within('dhw', [
    choice(
      'circmode',
      words('circulation pump mode', 'Zirkulationspumpenmodus', 'Circulatiepomp modus'),
      PUMP_MODES,
      1,
      settable(),
    ),
    number('seltemp', words('selected temperature', 'gewählte Temperatur', 'Geselecteerde temperatuur'), 52, {
      unit: '°C',
      width: 8,
      ...settable(0, 254),
    }),
  ]),
]
