import { type Pages, states, table } from './gateway.ts'

/** A heat pump manager in French, of a firmware that sets a blank before the unit: accents, a curly apostrophe, `:` and `+` in keys. */
export const FRENCH_PAGES: Pages = {
  '1,0': [
    table('TEMPÉRATURE AMBIANTE', [
      ['TEMPERATURE REELLE CC 1', '20,9 °C'],
      ['TEMPÉRATURE DE CONSIGNE', '21,5 °C'],
      ['HYGROMÉTRIE AMBIANTE 1', '48,3 %'],
    ]),
    table('CHAUFFAGE', [
      ['TEMPERATURE EXTERIEURE', '-0,5 °C'],
      ['TEMPERATURE REELLE CC 1', '31,2 °C'],
      ['CONSIGNE TEMP. CC1', '31,8 °C'],
      ['TEMP. DE DÉPART PAC', '33,0 °C'],
      ['TEMP. RÉGIME FIXE', 'Arrêt'],
      ['PRESSION CIRCUIT', '1,55 bar'],
    ]),
    table('EAU CHAUDE SANITAIRE', [['TEMPÉRATURE RÉELLE', '49,1 °C']]),
  ],
  '1,1': [
    table('DONNÉES DU PROCESSUS', [
      ['PUISS. ABSORBÉE INVERTER', '1,84 kW'],
      ['COP : JOUR', '3,71'],
      ['RENDEMENT + APPOINT', '12,6 kWh'],
      ['1ER ÉTAGE', '2'],
    ]),
    table('QUANTITÉ D’ÉNERGIE', [
      ['COMP. CHAUFFAGE JOUR', '14,207 KWh'],
      ['COMP. CHAUFFAGE TOTAL', '31,450 MWh'],
      ['COMP. ECS JOUR', '3,118 KWh'],
      ['COMP. ECS TOTAL', '7,962 MWh'],
    ]),
    table('DÉMARRAGES', [['COMPRESSEUR', '8123']]),
  ],
  '2,0': [states('ÉTAT DE L’INSTALLATION', ['POMPE CC 1', 'DÉGIVRAGE'])],
  '2,4': [
    table('ANALYSE', [
      ['DÉTENDEUR ÉLECTRONIQUE', '27,5 %'],
      ['APPOINT', 'Marche'],
    ]),
  ],
}
