import { describe, expect, it } from 'vitest'
import { FAMILIES } from '../../core/families/index.ts'
import { ENERGY_RULES } from './energy-rules.ts'
import { FLAG_RULES } from './flag-rules.ts'
import { type OwnTables, ownPage, startReading } from './own-gateway.test-helper.ts'
import { VALUE_RULES } from './value-rules.ts'

/** Series of a gateway with these pages, without health. */
async function unified(pages: Readonly<Record<string, OwnTables>>): Promise<readonly string[]> {
  const reading = startReading(({ page }) => ownPage(pages[page] ?? {}))
  await reading.clock.advance(0)
  const series = reading.unified().filter(line => !/^hearth_device_/.test(line))
  await reading.stop()
  return series
}

describe('the neutral dialect', () => {
  it.each<[string, OwnTables, readonly string[]]>([
    [
      'room',
      {
        RAUMTEMPERATUR: [
          ['RAUMISTTEMP. HK1', '21,3°C'],
          ['RAUMSOLLTEMP. HK2', '20,0°C'],
          ['RAUMFEUCHTE HK1', '43,6%'],
        ],
      },
      [
        'hearth_temperature_celsius{circuit="hc1",point="room_air"} 21.3',
        'hearth_temperature_setpoint_celsius{circuit="hc2",point="room_air",kind="effective"} 20',
        'hearth_relative_humidity_ratio{circuit="hc1",point="room_air"} 0.436',
      ],
    ],
    [
      'one key in two tables',
      {
        'ROOM TEMPERATURE': [['ACTUAL TEMPERATURE HC 1', '21,4°C']],
        HEATING: [['ACTUAL TEMPERATURE HC 1', '32,6°C']],
      },
      [
        'hearth_temperature_celsius{circuit="hc1",point="room_air"} 21.4',
        'hearth_temperature_celsius{circuit="hc1",point="flow"} 32.6',
      ],
    ],
    [
      'the old spelling of circuits',
      { HEATING: [['SET TEMPERATURE HK 2', '30,2°C']], RAUMTEMPERATUR: [['ISTTEMPERATUR 1', '20,5°C']] },
      [
        'hearth_temperature_celsius{circuit="hc1",point="room_air"} 20.5',
        'hearth_temperature_setpoint_celsius{circuit="hc2",point="flow",kind="effective"} 30.2',
      ],
    ],
    [
      'water by heading',
      {
        HEIZUNG: [['VOLUMENSTROM', '14,4l/min']],
        WARMWASSER: [
          ['VOLUMENSTROM', '3,6l/min'],
          ['ISTTEMPERATUR', '47,9°C'],
          ['SOLLTEMPERATUR', '49,0°C'],
        ],
      },
      [
        'hearth_temperature_celsius{circuit="dhw1",point="dhw_storage"} 47.9',
        'hearth_temperature_setpoint_celsius{circuit="dhw1",point="dhw_storage",kind="effective"} 49',
        'hearth_water_flow_cubic_meters_per_second{circuit="primary"} 0.00024',
        'hearth_water_flow_cubic_meters_per_second{circuit="dhw1"} 0.00006',
      ],
    ],
    [
      'pressures',
      {
        P: [
          ['DRUCK HEIZKREIS', '1,1bar '],
          ['HOCHDRUCK', '21,84bar'],
          ['LOW PRESSURE', '5,85bar'],
        ],
      },
      [
        'hearth_water_pressure_pascals{circuit="primary"} 110000',
        'hearth_refrigerant_pressure_pascals{side="high"} 2184000',
        'hearth_refrigerant_pressure_pascals{side="low"} 585000',
      ],
    ],
    [
      'air, its unit deciding',
      {
        L: [
          ['ZULUFT SOLL VOLUMENSTROM', '130m³/h'],
          ['FORTLUFT SOLL VOLUMENSTROM', '25 %'],
          ['ABLUFT IST LÜFTERDREHZAHL', '33Hz'],
        ],
      },
      [
        'hearth_air_flow_setpoint_cubic_meters_per_second{point="supply_air"} 0.03611111111111111',
        'hearth_rotational_speed_hertz{component="extract_fan"} 33',
        'hearth_modulation_setpoint_ratio{circuit="ventilation",component="exhaust_fan"} 0.25',
      ],
    ],
    [
      'a unit behind a no-break space',
      { H: [['VORLAUFTEMP.', '34,6\u00a0°C']] },
      ['hearth_temperature_celsius{circuit="primary",point="flow"} 34.6'],
    ],
    [
      'times and starts',
      {
        LAUFZEITEN: [
          ['VERDICHTER HEIZEN', '4711h'],
          ['ELEKTR. NE WW', '41h'],
        ],
        STARTS: [['VERDICHTER', '5432']],
      },
      [
        'hearth_starts_total{component="compressor",function="unspecified"} 5432',
        'hearth_operating_seconds_total{component="compressor",function="heating"} 16959600',
        'hearth_operating_seconds_total{component="auxiliary_heater",function="dhw"} 147600',
      ],
    ],
  ])('of %s', async (_words, tables, expected) => {
    expect((await unified({ '1,0': tables })).toSorted()).toEqual([...expected].toSorted())
  })

  it('joins the registers of the worked example', async () => {
    const tables: OwnTables = {
      WÄRMEMENGE: [
        ['WM HEIZEN TAG', '23,972kWh'],
        ['WM HEIZEN SUMME', '44,341MWh'],
      ],
    }
    expect((await unified({ '1,1': tables })).filter(line => line.includes('energy'))).toEqual([
      'hearth_thermal_energy_joules_total{function="heating",source="heat_pump",method="reported"} 159713899200',
    ])
  })

  it('keeps heat and electricity of one key apart, and says the auxiliary heater twice', async () => {
    const rows = (day: string, total: string) =>
      [
        ['COMPRESSOR DHW DAY', day],
        ['COMPRESSOR DHW TOTAL', total],
      ] as const
    const tables: OwnTables = {
      'AMOUNT OF HEAT': [...rows('6,204KWh', '9,077MWh'), ['NHZ DHW TOTAL', '1,001MWh']],
      'POWER CONSUMPTION': rows('2,068KWh', '3,026MWh'),
    }
    expect((await unified({ '1,1': tables })).toSorted()).toEqual([
      'hearth_electric_energy_joules_total{function="dhw",component="auxiliary_heater",method="estimated"} 3603600000',
      'hearth_electric_energy_joules_total{function="dhw",component="compressor",method="reported"} 10901044800',
      'hearth_thermal_energy_joules_total{function="dhw",source="auxiliary_heater",method="reported"} 3603600000',
      'hearth_thermal_energy_joules_total{function="dhw",source="heat_pump",method="reported"} 32699534400',
    ])
  })

  it.each<[string, OwnTables]>([
    [
      'a word in place of a temperature',
      {
        E: [
          ['UNTERE EINSATZGRENZE WW', 'Aus'],
          ['SET FIXED TEMPERATURE', 'Off'],
        ],
      },
    ],
    [
      'a sensor that is open or short',
      {
        H: [
          ['VORLAUFTEMP.', '-60,0°C'],
          ['RÜCKLAUFTEMP.', '-50,0°C'],
        ],
      },
    ],
    [
      'what cannot be true',
      {
        H: [
          ['VORLAUFTEMP.', '999,0°C'],
          ['HOCHDRUCK', '99,0bar'],
          ['ABLUFTFEUCHTE', '140%'],
        ],
      },
    ],
    [
      'another unit',
      {
        H: [
          ['VORLAUFTEMP.', '34,6 bar'],
          ['VERDICHTER HEIZEN', '12'],
        ],
      },
    ],
    [
      'a register of the day that says nothing',
      {
        W: [
          ['WM WW TAG', '--'],
          ['WM WW SUMME', '9,077MWh'],
        ],
      },
    ],
    ['a register of the day alone', { W: [['WM WW TAG', '4,000kWh']] }],
    ['keys of the energy manager', {}],
  ])('says nothing of %s', async (_words, tables) => {
    expect(await unified({ '1,0': tables, '4,7': { EM: [['AUSSENTEMPERATUR', '5,0°C']] } })).toEqual([])
  })

  it('counts what it knows and does not know', async () => {
    const reading = startReading(({ page }) =>
      ownPage(
        page === '1,0'
          ? {
              X: [
                ['VORLAUFTEMP.', '34,6°C'],
                ['NEUER WERT', '1'],
                ['P-FAKTOR', '4,2'],
                ['NEUE FLAGGE', null],
              ],
            }
          : {},
      ),
    )
    await reading.clock.advance(0)
    // Title, language and firmware of the gateway are native too.
    expect(reading.view().health.outcomes).toEqual({ mapped: 1, native_only: 4, unknown: 2, rejected: 0 })
    await reading.stop()
  })
})

describe('states', () => {
  const LWZ = { WÄRMEMENGE: [['WM HEIZEN SUMME', '1,000MWh']] } as const
  const status = (...keys: string[]): Readonly<Record<string, OwnTables>> => ({
    '1,1': LWZ,
    '2,0': { BETRIEBSSTATUS: keys.map(key => [key, null] as const) },
  })
  const on = async (...keys: string[]) => (await unified(status(...keys))).filter(line => line.endsWith(' 1'))

  it.each<[readonly string[], readonly string[]]>([
    [
      ['VERDICHTER', 'HEIZEN', 'HEIZKREISPUMPE'],
      [
        'hearth_component_active{circuit="primary",component="compressor"} 1',
        'hearth_component_active{circuit="primary",component="heating_pump"} 1',
        'hearth_activity{hearth_activity="heating"} 1',
      ],
    ],
    [['WARMWASSERBEREITUNG', 'HEIZEN'], ['hearth_activity{hearth_activity="dhw"} 1']],
    [['ABTAUEN VERDAMPFER', 'HEIZEN'], ['hearth_activity{hearth_activity="defrost"} 1']],
    [['KÜHLEN'], ['hearth_activity{hearth_activity="cooling"} 1']],
    [
      ['EVU-SPERRE', 'HEIZEN'],
      [
        'hearth_blocked{circuit="primary",reason="utility"} 1',
        'hearth_activity{hearth_activity="blocked"} 1',
      ],
    ],
    [
      ['STÖRUNG', 'HEIZEN'],
      ['hearth_fault_active 1', 'hearth_activity{hearth_activity="fault"} 1'],
    ],
    [
      ['FILTERWECHSEL ABLUFT'],
      ['hearth_maintenance_due{kind="filter"} 1', 'hearth_activity{hearth_activity="standby"} 1'],
    ],
    [
      ['SOMMERBETRIEB AKTIV', 'OFEN/KAMIN AKTIV'],
      [
        'hearth_special_program_active{circuit="primary",program="stove"} 1',
        'hearth_activity{hearth_activity="standby"} 1',
        'hearth_season{circuit="primary",hearth_season="summer"} 1',
      ],
    ],
    [
      ['BETRIEBSZUSTAND 3'],
      ['hearth_activity{hearth_activity="standby"} 1', 'hearth_sg_ready{hearth_sg_ready="recommended"} 1'],
    ],
    [
      ['LÜFTER'],
      [
        'hearth_component_active{circuit="ventilation",component="ventilation"} 1',
        'hearth_activity{hearth_activity="standby"} 1',
      ],
    ],
    [
      ['HK1 PUMPE', 'HEIZKREIS 2 PUMPE'],
      [
        'hearth_component_active{circuit="hc1",component="circuit_pump"} 1',
        'hearth_component_active{circuit="hc2",component="circuit_pump"} 1',
        'hearth_activity{hearth_activity="standby"} 1',
      ],
    ],
  ])('%j are %j', async (keys, expected) => {
    expect([...(await on(...keys))].toSorted()).toEqual([...expected].toSorted())
  })

  it('that a ventilation unit always has are 0 where its page of states does not show them', async () => {
    expect(
      (await unified(status('STATUS OK'))).filter(line => line.endsWith(' 0') && !line.includes('activity')),
    ).toEqual([
      'hearth_component_active{circuit="primary",component="compressor"} 0',
      'hearth_component_active{circuit="primary",component="heating_pump"} 0',
      'hearth_blocked{circuit="primary",reason="utility"} 0',
      'hearth_fault_active 0',
      'hearth_maintenance_due{kind="filter"} 0',
    ])
  })

  it('of other machines are nothing until they were seen', async () => {
    const series = await unified({ '2,0': { 'SYSTEM STATUS': [['SOURCE PUMP', null]] } })
    expect(series).toEqual(['hearth_component_active{circuit="source",component="source_pump"} 1'])
  })

  it('that went off are 0, and a status that is not well any more is a fault', async () => {
    let keys = ['STATUS OK', 'VERDICHTER', 'HEIZEN', 'WINTER']
    const reading = startReading(({ page }) => ownPage(status(...keys)[page] ?? {}))
    await reading.clock.advance(0)
    expect(reading.unified()).toContain('hearth_season{circuit="primary",hearth_season="heating"} 1')
    keys = []
    await reading.clock.advance(60_000)

    expect(reading.unified()).toEqual(
      expect.arrayContaining([
        'hearth_component_active{circuit="primary",component="compressor"} 0',
        'hearth_fault_active 1',
        'hearth_activity{hearth_activity="fault"} 1',
      ]),
    )
    expect(reading.unified().join()).not.toContain('hearth_season')
    await reading.stop()
  })
})

describe('the tables', () => {
  it('give each family the labels that it has, and no other', () => {
    const cells = [
      ...VALUE_RULES.map(({ family, to }) => ({ family, to })),
      ...ENERGY_RULES.flatMap(({ cells: all }) => all),
      ...FLAG_RULES.flatMap(({ means }) => (means.kind === 'on' ? [means] : [])),
    ]
    for (const { family, to } of cells) {
      expect(Object.keys(to).toSorted(), family).toEqual([...FAMILIES[family].labels].toSorted())
    }
  })

  it('name each label once for a table, a unit and a meaning', () => {
    const seen = new Set<string>()
    for (const { labels, sections = ['any'], unit } of VALUE_RULES) {
      for (const label of labels) {
        for (const section of sections) {
          const cell = `${label} ${section} ${unit.words.join()}`
          expect(seen.has(cell), cell).toBe(false)
          seen.add(cell)
        }
      }
    }
    const flags = FLAG_RULES.flatMap(({ labels }) => labels)
    expect(new Set(flags).size).toBe(flags.length)
  })
})
