import { type Pages, states, table } from './gateway.ts'

/** A heat pump manager in Hungarian: Õ and Û where ő and ű are meant, beside real ones, so that two keys may meet. */
export const HUNGARIAN_PAGES: Pages = {
  '1,0': [
    table('HELYISÉGHÕMÉRSÉKLET', [
      ['TÉNYLEGES HÕMÉRSÉKLET 1', '22,1°C'],
      ['ELÕÍRT HÕMÉRSÉKLET 1', '21,5°C'],
      ['RELATÍV PÁRATARTALOM 1', '41,0%'],
    ]),
    table('FŰTÉS', [
      ['KÜLSÕ HÕMÉRSÉKLET', '3,9°C'],
      ['TÉNYLEGES HŐMÉRSÉKLET FK 1', '30,7°C'],
      ['ELŐÍRT HŐMÉRSÉKLET FK 1', '31,0°C'],
      ['ÁLLANDÓ HÕMÉRSÉKLET', 'Ki'],
      ['FÛTÉSI NYOMÁS', '1,48bar'],
    ]),
    // The same word with the other letter: one name for both, and the later row has it.
    table('MELEGVÍZ', [
      ['TÉNYLEGES HÕMÉRSÉKLET', '45,5°C'],
      ['TÉNYLEGES HŐMÉRSÉKLET', '45,8°C'],
    ]),
  ],
  '1,1': [
    table('HÕMENNYISÉG', [
      ['KOMPR. FÛTÉS NAP', '9,604KWh'],
      ['KOMPR. FÛTÉS ÖSSZES', '17,033MWh'],
    ]),
    table('FUTÁSI IDÕ', [['KOMPR. FŰTÉS', '6021h']]),
  ],
  '2,0': [states('RENDSZERÁLLAPOT', ['FÛTÕKÖRI SZIVATTYÚ', 'KOMPRESSZOR'])],
  '2,4': [table('ELEMZÉS', [['EXPANZIÓS SZELEP', '24,5%']])],
}
