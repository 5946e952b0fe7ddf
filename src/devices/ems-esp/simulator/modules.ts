import { choice, type Entity, flag, number, settable, tenths, time, within } from './entity.ts'
import { words } from './words.ts'

const kWh = { unit: 'kWh', divisor: 10, width: 24, onlyGrows: true } as const

/** A mixer module for one heating circuit. */
export function mixer(circuit: string, flow: number): readonly Entity[] {
  return within(circuit, [
    tenths('flowtemphc', words('flow temperature (TC1)', 'Vorlauf (TC1)', 'Aanvoer (TC1)'), flow),
    number('valvestatus', words('mixing valve actuator (VC1)', 'Mischer (VC1)', 'Mengklep (VC1)'), 35, {
      unit: '%',
      width: 8,
    }),
    number('flowsettemp', words('setpoint flow temperature', 'Sollwert Vorlauf', 'Streef aanvoer'), 40, {
      unit: '°C',
      width: 8,
    }),
    flag('pumpstatus', words('pump status (PC1)', 'Pumpe (PC1)', 'Pomp (PC1)'), 1),
    number('setdiffpress', words('set differential pressure', 'Solldruckdifferenz', 'Drukverschil'), 4, {
      width: 8,
      factor: 50,
      ...settable(150, 750),
    }),
  ])
}

/** A solar module. */
export const SOLAR: readonly Entity[] = [
  tenths('collectortemp', words('collector temperature (TS1)', 'Kollektor (TS1)', 'Collector (TS1)'), 317),
  tenths('cylbottomtemp', words('cylinder bottom temperature (TS2)', 'Speicher unten', 'Boiler onder'), 402),
  flag('solarpump', words('pump (PS1)', 'Pumpe (PS1)', 'Pomp (PS1)'), 0),
  time('pumpworktime', words('pump working time', 'Pumpenlaufzeit', 'Pomp looptijd'), 52_133),
  number('solarpumpmod', words('pump modulation (PS1)', 'Pumpenmodulation', 'Pompmodulatie'), 0, {
    unit: '%',
    width: 8,
  }),
  number('turnondiff', words('pump turn on difference', 'Einschaltdifferenz', 'Inschakelverschil'), 8, {
    unit: '°C',
    width: 8,
    isDifference: true,
    ...settable(2, 25),
  }),
  number('heatassiston', words('heat assistance on', 'Heizungsunterstützung', 'Ondersteuning'), 50, {
    unit: 'K',
    divisor: 10,
    width: 8,
    ...settable(0, 127),
  }),
  tenths('energylasthour', words('energy last hour', 'Energie letzte Stunde', 'Energie laatste uur'), 0, {
    unit: 'Wh',
  }),
  number('energytotal', words('total energy', 'Gesamtenergie', 'Totale energie'), 83_117, kWh),
]

/** A fresh-water module. */
export function water(circuit: string, temperature: number): readonly Entity[] {
  return within(circuit, [
    tenths('temp', words('current temperature', 'aktuelle Temperatur', 'Huidige temperatuur'), temperature),
    number('difftemp', words('start differential temperature', 'Startdifferenz', 'Startverschil'), 10, {
      unit: '°C',
      width: 8,
      isDifference: true,
      ...settable(0, 50),
    }),
    flag('pump', words('pump', 'Pumpe', 'Pomp'), 0),
  ])
}

/** Machines with little to tell, one for each other word that the API knows. */
export const OTHERS = {
  gateway: [flag('online', words('online', 'online', 'online'), 1)],
  switch: [flag('activated', words('activated', 'aktiviert', 'Geactiveerd'), 1)],
  connect: [tenths('outdoortemp', words('outside temperature', 'Aussentemperatur', 'Buitentemp.'), 44)],
  alert: [number('setflowtemp', words('set flow', 'Sollwert', 'Streefwaarde'), 30, { unit: '°C', width: 8 })],
  extension: [tenths('vr1temp', words('flow', 'Vorlauf', 'Aanvoer'), 311)],
  heatsource: within('ahs1', [
    tenths('cylmiddletemp', words('cylinder middle temperature', 'Speicher Mitte', 'Boiler midden'), 443),
    choice(
      'aflow2',
      words('alternative flow', 'Durchfluss', 'Doorstroom'),
      [words('off', 'aus', 'uit'), words('on', 'an', 'aan')],
      1,
    ),
  ]),
  ventilation: [
    tenths('outfresh', words('outdoor fresh air', 'Aussenlufttemperatur', 'Buitenlucht'), 28),
    number('ventinspeed', words('in blower speed', 'Zuluft Drehzahl', 'Toevoer'), 44, {
      unit: '%',
      width: 8,
    }),
  ],
  pool: [tenths('pooltemp', words('pool temperature', 'Pooltemperatur', 'Zwembadtemperatuur'), 263)],
} as const satisfies Readonly<Record<string, readonly Entity[]>>
