import { comma, type Pages, states, table } from './gateway.ts'
import type { House } from './house.ts'

const celsius = (value: number) => `${comma(value, 1)}°C`
/** Registers of the day come with a capital K. */
const ofToday = (kWh: number) => `${comma(kWh, 3)}KWh`
const ofAllDays = (kWh: number) => `${comma(kWh / 1000, 3)}MWh`

/** A ventilation unit LWZ 404 in German: all seven pages, two circuits, texts that are no numbers among the rows. */
export function germanPages(house: House): Pages {
  return {
    '1,0': systemPage(house),
    '1,1': heatPumpPage(house),
    '2,0': [states('BETRIEBSSTATUS', house.states), table('FEHLER', [])],
    '2,1': [
      table('INBETRIEBNAHME', [
        ['STEIGUNG HK1', '0,45'],
        ['FUSSPUNKT HK1', '1,5K'],
        ['STEIGUNG HK2', '0,30'],
        ['FUSSPUNKT HK2', '0,0K'],
        ['LÜFTERSTUFE TAG', 'Stufe 2'],
        ['NACHTABSENKUNG AB', '22:30'],
        ['DATUM', '2019-11-04'],
        ['SOFTWARE', '12.1.1'],
      ]),
    ],
    '2,3': analysisPage(house),
    '2,4': [
      table('ISG', [
        ['M*1E6', '1234567'],
        ['RESTFEHLER', '0,00001'],
        ['GERÄT', 'WPL-A 07'],
      ]),
    ],
    '4,7': [
      table('ENERGIEMANAGEMENT', [
        ['EIGENVERBRAUCHSERHÖHUNG', 'Aus'],
        ['SG READY 1', 'Ein'],
        ['SG READY 2', 'Aus'],
        ['LETZTE LAUFZEIT', '3,5h'],
        ['AKTUELLE ZEIT', '21,88H.M'],
      ]),
      table('WECHSELRICHTER', []),
    ],
  }
}

function systemPage(house: House): Pages[string] {
  return [
    table('RAUMTEMPERATUR', [
      ['RAUMISTTEMP. HK1', celsius(house.room)],
      ['RAUMSOLLTEMP. HK1', '21,0°C'],
      ['RAUMFEUCHTE HK1', `${comma(house.humidity, 1)}%`],
      ['RAUMISTTEMP. HK2', '19,8°C'],
      ['RAUMSOLLTEMP. HK2', '20,0°C'],
      ['RAUMFEUCHTE HK2', '47,2%'],
    ]),
    table('HEIZEN', [
      ['AUSSENTEMPERATUR', celsius(house.outdoor)],
      ['ISTWERT HK1', celsius(house.circuit)],
      ['SOLLWERT HK1', '33,8°C'],
      ['ISTWERT HK2', '30,4°C'],
      ['SOLLWERT HK2', '30,0°C'],
      ['VORLAUFTEMP.', celsius(house.flow)],
      ['RÜCKLAUFTEMP.', celsius(house.return)],
      ['DRUCK HEIZKREIS', `${comma(house.pressure, 2)}bar `],
      ['VOLUMENSTROM', `${comma(house.flowRate, 1)}l/min`],
    ]),
    table('WARMWASSER', [
      ['WW-ISTTEMP.', celsius(house.hotWater)],
      ['WW-SOLLTEMP.', '49,0°C'],
    ]),
    table('LÜFTUNG', [
      ['ZULUFT IST LÜFTERDREHZAHL', '31Hz'],
      ['ZULUFT SOLL VOLUMENSTROM', '130m³/h'],
      ['ABLUFT IST LÜFTERDREHZAHL', '33Hz'],
      ['ABLUFT SOLL VOLUMENSTROM', '140m³/h'],
      ['ABLUFTFEUCHTE', '38%'],
    ]),
  ]
}

function heatPumpPage(house: House): Pages[string] {
  return [
    table('PROZESSDATEN', [
      ['HEISSGASTEMP.', celsius(house.hotGas)],
      ['HOCHDRUCK', `${comma(house.highPressure, 2)}bar`],
      ['NIEDERDRUCK', `${comma(house.lowPressure, 2)}bar`],
      ['VERDAMPFERTEMP.', celsius(house.evaporator)],
      ['VERFLÜSSIGERTEMP.', celsius(house.condenser)],
      ['FORTLUFT IST LÜFTERDREHZAHL', '28Hz'],
      ['FORTLUFT SOLL VOLUMENSTROM', '25 %'],
      ['VERDICHTERSTARTS', String(house.compressorStarts)],
    ]),
    table('WÄRMEMENGE', [
      ['WM HEIZEN TAG', ofToday(house.heat.day)],
      ['WM HEIZEN SUMME', ofAllDays(house.heat.total)],
      ['WM WW TAG', ofToday(house.hotWaterHeat.day)],
      ['WM WW SUMME', ofAllDays(house.hotWaterHeat.total)],
      ['WM NE HEIZEN SUMME', ofAllDays(house.boosterHeat)],
      ['WM NE WW SUMME', ofAllDays(house.boosterHotWater)],
      ['WM WRG TAG', ofToday(house.recovered.day)],
      ['WM WRG SUMME', ofAllDays(house.recovered.total)],
    ]),
    table('LEISTUNGSAUFNAHME', [
      ['P HEIZUNG TAG', ofToday(house.power.day)],
      ['P HEIZUNG SUMME', ofAllDays(house.power.total)],
      ['P WW TAG', ofToday(house.hotWaterPower.day)],
      ['P WW SUMME', ofAllDays(house.hotWaterPower.total)],
    ]),
    table('LAUFZEITEN', [
      ['VERDICHTER HEIZEN', `${house.heatingHours}h`],
      ['VERDICHTER WW', `${house.hotWaterHours}h`],
      ['ELEKTR. NE HEIZEN', '137h'],
      ['ELEKTR. NE WW', '41h'],
    ]),
  ]
}

function analysisPage(house: House): Pages[string] {
  return [
    table('ANALYSE', [
      ['HEIZSTUFE', '1'],
      ['NHZ STUFEN', '0'],
      ['POSITION VENTIL', '2'],
      ['VERDAMPFERAUSG. TEMP.', celsius(house.evaporator + 3.8)],
      ['KÜHLUNGSTEMP.', '17,4°C'],
      ['ND GEFILTERT', `${comma(house.lowPressure - 0.02, 2)}bar`],
    ]),
    table('EXPANSIONSVENTIL', [
      ['ÖFFNUNG EXV', `${comma(house.valve, 1)}%`],
      ['ÖFFNUNG EXV VORST.', '28,0%'],
      ['P-FAKTOR', '4,20'],
      ['I-FAKTOR', '0,15'],
      ['D-FAKTOR', '1,00'],
      ['DYNAMIK FAKTOR', '10'],
      ['PENDELN REL.', '2.2 %'],
      ['AKT. MODE EVE', '3'],
      ['AKT. MODE IWS', '0'],
    ]),
  ]
}
