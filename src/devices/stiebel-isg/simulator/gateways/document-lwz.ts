import { type Pages, states, table } from './gateway.ts'

/**
 * The gateway behind the examples of the original's document: the pump runs when the status page is read for the first
 * time and not any more afterwards, so that its flag is known and 0.
 */
export function documentPages(isPumping: boolean): Pages {
  return {
    '1,0': [
      table('HEIZEN', [
        ['AUSSENTEMPERATUR', '6,2 °C'],
        ['ISTWERT HK1', '28,1 °C'],
        ['VORLAUFTEMP.', '34,6 °C'],
        ['RÜCKLAUFTEMP.', '29,3 °C'],
        ['ISTWERT HK2', '24,7 °C'],
        ['HEIZSTUFE', '0'],
      ]),
    ],
    '1,1': [
      table('LAUFZEITEN', [
        ['VERDICHTER HEIZEN', '4711 h'],
        ['VERDICHTER WW', '815 h'],
      ]),
    ],
    '2,0': [
      states('BETRIEBSSTATUS', [
        'SCHALTPROGRAMM AKTIV',
        'STATUS OK',
        ...(isPumping ? ['HEIZKREISPUMPE'] : []),
      ]),
    ],
  }
}
