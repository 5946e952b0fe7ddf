import { choice, type Entity, flag, number, settable, tenths, text, time, within } from './entity.ts'
import { same, words } from './words.ts'

const kWh = { unit: 'kWh', divisor: 100, width: 24, onlyGrows: true } as const
/** Run times that are held in seconds. */
const seconds = { divisor: 60 } as const
const ACTIVITIES = [
  words('none', 'keine', 'geen'),
  words('heating', 'Heizen', 'Verwarmen'),
  words('cooling', 'Kühlen', 'Koelen'),
  words('hot water', 'Warmwasser', 'Warm water'),
  words('pool', 'Pool', 'Zwembad'),
]

/** A heat pump: to the gateway it is a device of type boiler. */
export const HEAT_PUMP: readonly Entity[] = [
  flag('heatingactive', words('heating active', 'Heizen aktiv', 'Verwarming actief'), 1),
  flag('tapwateractive', words('tapwater active', 'Warmwasser aktiv', 'Warm water actief'), 0),
  tenths('outdoortemp', words('outside temperature', 'Aussentemperatur', 'Buitentemperatuur'), 45),
  tenths('curflowtemp', words('current flow temperature', 'aktueller Vorlauf', 'Huidige aanvoer'), 338),
  tenths('rettemp', words('return temperature', 'Rücklauftemperatur', 'Retourtemperatuur'), 299),
  tenths('syspress', words('system pressure', 'Systemdruck', 'Systeemdruk'), 19, { unit: 'bar', width: 8 }),
  number('nrgtotal', words('total energy', 'Gesamtenergie', 'Totale energie'), 1_462_371, kWh),
  number('metertotal', words('meter total', 'Stromzähler', 'Totaal verbruik'), 412_305, kWh),
  time(
    'uptimecontrol',
    words('total operating time heat', 'Betriebszeit Heizen', 'Looptijd verwarmen'),
    156_784,
    seconds,
  ),
  time(
    'uptimecompheating',
    words('operating time compressor heating', 'Kompressor Heizen', 'Compressor'),
    60_660,
    {
      ...seconds,
    },
  ),
  flag('hpcompon', words('hp compressor', 'WP Kompressor', 'WP compressor'), 1),
  number('hpcompspd', words('compressor speed', 'Kompressor Drehzahl', 'Compressorsnelheid'), 42, {
    unit: '%',
    width: 8,
  }),
  choice(
    'hpactivity',
    words('compressor activity', 'Kompressoraktivität', 'Compressoractiviteit'),
    ACTIVITIES,
    1,
  ),
  tenths('hppower', words('compressor power output', 'Kompressorleistung', 'Compressorvermogen'), 31, {
    unit: 'kW',
  }),
  number('hpcurrpower', words('compressor current power', 'aktuelle Leistung', 'Huidig vermogen'), 734, {
    unit: 'W',
  }),
  number('hpsetdiffpress', words('set differential pressure', 'Solldruckdifferenz', 'Drukverschil'), 244, {
    width: 8,
    factor: 50,
    ...settable(150, 750),
  }),
  tenths('hptc0', words('heat carrier return (TC0)', 'Rücklauf (TC0)', 'Retour (TC0)'), 301),
  tenths('hptc1', words('heat carrier forward (TC1)', 'Vorlauf (TC1)', 'Aanvoer (TC1)'), 347),
  tenths('hptr1', words('compressor temperature (TR1)', 'Kompressor (TR1)', 'Compressor (TR1)'), 616),
  number('auxheaterlevel', words('aux heater level', 'Zusatzheizer', 'Bijverwarming'), 0, {
    unit: '%',
    width: 8,
  }),
  tenths('auxmaxlimit', words('aux heater max limit', 'Zusatzheizer max.', 'Bijverwarming max'), 50, {
    unit: 'K',
    width: 8,
    ...settable(0, 10),
  }),
  number('auxheatdelay', words('aux heater on delay', 'Verzögerung Zusatzheizer', 'Vertraging'), 60, {
    unit: 'K*min',
    width: 8,
    factor: 10,
    ...settable(10, 1000),
  }),
  number('pc0flow', words('PC0 flow rate', 'Durchfluss PC0', 'PC0 doorstroom'), 0, { unit: 'l/min' }),
  text('servicecode', words('service code', 'Statusmeldung', 'Statuscode'), '0H'),
  choice(
    'silentmode',
    words('silent mode', 'Silentmodus', 'Stille modus'),
    [words('off', 'aus', 'uit'), same('auto'), words('on', 'an', 'aan')],
    7,
    settable(),
  ),
  ...within('dhw', [
    tenths('curtemp', words('current intern temperature', 'Temperatur intern', 'Interne temperatuur'), 471),
    time('uptimecomp', words('operating time', 'Betriebszeit', 'Looptijd'), 9_601, seconds),
    number('alternatingop', words('alternating operation', 'Wechselbetrieb', 'Wisselbedrijf'), 0, {
      width: 8,
    }),
    number('comfdiff', words('comfort diff', 'Komfort Differenz', 'Comfort verschil'), 60, {
      unit: 'K',
      width: 8,
      divisor: 10,
      ...settable(6, 12),
    }),
  ]),
]

/** The module HM200, which is a device of its own type. */
export const HEAT_PUMP_MODULE: readonly Entity[] = [
  number('airhumidity', words('relative air humidity', 'relative Luftfeuchte', 'Luchtvochtigheid'), 47, {
    unit: '%',
    width: 8,
  }),
  number('dewtemperature', words('dew point temperature', 'Taupunkttemperatur', 'Dauwpunt'), 9, {
    unit: '°C',
    width: 8,
  }),
]
