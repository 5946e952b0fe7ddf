import { type Pages, states, table } from './gateway.ts'

/** A heat pump manager in English: keys that stand in two tables, pages that the original does not read. */
export const ENGLISH_PAGES: Pages = {
  '1,0': [
    table('ROOM TEMPERATURE', [
      ['ACTUAL TEMPERATURE HC 1', '21,4°C'],
      ['SET TEMPERATURE HC 1', '21,0°C'],
      ['RELATIVE HUMIDITY HC 1', '45,2%'],
      ['DEW POINT TEMPERATURE HC 1', '9,1°C'],
    ]),
    table('HEATING', [
      ['OUTSIDE TEMPERATURE', '-1,8°C'],
      ['ACTUAL TEMPERATURE HC 1', '32,6°C'],
      ['SET TEMPERATURE HC 1', '33,1°C'],
      ['ACTUAL TEMPERATURE HC 2', '29,9°C'],
      ['SET TEMPERATURE HC 2', '30,2°C'],
      ['ACTUAL FLOW TEMPERATURE WP', '34,0°C'],
      ['ACTUAL FLOW TEMPERATURE NHZ', '33,9°C'],
      ['ACTUAL RETURN TEMPERATURE WP', '29,7°C'],
      ['SET FIXED TEMPERATURE', 'Off'],
      ['ACTUAL BUFFER TEMPERATURE', '33,4°C'],
      ['SET BUFFER TEMPERATURE', '33,6°C'],
      ['HEATING PRESSURE', '1,71bar'],
      ['FLOW RATE', '17,2l/min'],
    ]),
    table('DHW', [
      ['ACTUAL TEMPERATURE', '46,3°C'],
      ['SET TEMPERATURE', '48,0°C'],
      ['FLOW RATE', '3,5l/min'],
    ]),
    table('ELECTRIC REHEATING', [
      ['DUAL MODE TEMP HEATING', '-8,0°C'],
      ['DUAL MODE TEMP DHW', '-7,5°C'],
      ['LOWER APP LIMIT HEATING', 'Off'],
      ['LOWER APP LIMIT DHW', '-12,0°C'],
    ]),
  ],
  '1,1': [
    table('PROCESS DATA', [
      ['HOT GAS TEMPERATURE', '58,2°C'],
      ['HIGH PRESSURE', '19,40bar'],
      ['LOW PRESSURE', '5,85bar'],
      ['COMPRESSOR SPEED', '48Hz'],
    ]),
    table('AMOUNT OF HEAT', [
      ['COMPRESSOR HEATING DAY', '21,530KWh'],
      ['COMPRESSOR HEATING TOTAL', '38,114MWh'],
      ['COMPRESSOR DHW DAY', '6,204KWh'],
      ['COMPRESSOR DHW TOTAL', '9,077MWh'],
      ['NHZ HEATING TOTAL', '0,231MWh'],
      ['NHZ DHW TOTAL', '1,001MWh'],
    ]),
    table('POWER CONSUMPTION', [
      ['COMPRESSOR HEATING DAY', '5,981KWh'],
      ['COMPRESSOR HEATING TOTAL', '10,587MWh'],
      ['COMPRESSOR DHW DAY', '2,068KWh'],
      ['COMPRESSOR DHW TOTAL', '3,026MWh'],
    ]),
    table('RUNTIME', [
      ['COMPRESSOR HEATING', '9876h'],
      ['COMPRESSOR DHW', '1543h'],
      ['NHZ 1', '12h'],
      ['NHZ 2', '7h'],
    ]),
    table('STARTS', [['COMPRESSOR', '5432']]),
  ],
  '1,8': [table('HEATING 1–24 h', [['AMOUNT OF HEAT', '33,1kWh']])],
  '2,0': [states('SYSTEM STATUS', ['HC 1 PUMP', 'BUFFER CHARGING PUMP', 'SOURCE PUMP'])],
  '2,2': [states('HEAT PUMP STATUS', ['COMPRESSOR'])],
  '2,3': [table('CONTRACTOR', [])],
  '2,4': [
    table('HEAT PUMP ANALYSIS', [
      ['SET SUPERHEATING', '5,0°C'],
      ['SET SUPERHEATING, SUCTION GAS, COMPRESSO.', '7,5 K'],
      ['OPENING EXV', '31,5%'],
      ['MOTOR CURRENT', '5,2A'],
      ['FAN SPEED (MAX.)', '1450 1/min'],
      ['50% CHARGE', '3'],
      ['TYPE', 'WPL-A 07'],
      ['OVERHEATING', '--'],
    ]),
  ],
  '2,7': [table('SOFTWARE', [['MAJOR VERSION', '12']])],
}
