import type { PageName } from './pages.ts'

/** What the cloud answers for a plant: by page, the JSON of its answer. */
export type Plant = Record<PageName, Record<string, unknown>>

function circle(target: string, computed: string, status: number, mode: number): Record<string, unknown> {
  return {
    HeatingCircleData: {
      circle_temp: target,
      circle_calc_temp: computed,
      circle_status: status,
      circle_mode: mode,
    },
    TemperaturesAndConfig: { outside_temp: '9.0' },
  }
}

/** Thirty days of which only the last ones differ, as the cloud lists them: the last is today. */
export function days(...last: readonly number[]): number[] {
  return [...Array.from({ length: 30 - last.length }, (_, i) => i / 8), ...last]
}

/** The plant of the original's document, written down from its page; it is changed freely by a test. */
export function documentPlant(): Plant {
  return {
    menu: {
      hp_id: 'FFFFFF',
      Location: 'MyHome',
      user_level: 4,
      ActiveErrorsCnt: '0',
      CircleNames: ['a', 'b'],
    },
    system_review: {
      tableName: 'System review',
      TemperaturesAndConfig: {
        outside_temp: '9.0',
        tap_water_temp: '54.3',
        reservoir_temp: '-60.0',
        pool_temp: '-60.0',
        heating_circle_1_temp: '0.0',
        heating_circle_2_temp: '22.1',
        heating_circle_3_temp: '0.0',
        heating_circle_4_temp: '-60.0',
        working_function: 0,
        main_mode: 0,
        circle_1_installed: 1,
        circle_2_installed: '1',
        circle_3_installed: '0',
        circle_4_installed: 0,
        tap_water_installed: 1,
        pool_active: 0,
        alt_source_temp_visible: '0',
      },
      CurrentFunctionData: [{ dv_temp: '38.5', heating_system_pressure: '1.9' }],
      SystemData: [
        { circle_id: 0 },
        { circle_id: 1, circle_temp: '35.6' },
        { circle_id: 2, circle_temp: '22.1' },
      ],
    },
    loop_1: circle('50.0', '36.8', 1, 2),
    loop_2: circle('22.0', '22.0', 1, 2),
    loop_3: circle('20.0', '500.0', 0, 0),
    loop_4: circle('20.0', '500.0', 0, 0),
    tap_water: circle('55.0', '500.0', 0, 0),
    pool: circle('25.0', '500.0', 0, 0),
    reservoir: circle('40.0', '500.0', 0, 0),
    alarms: { AlarmsData: [] },
    consumption: {
      trend_consumption: {
        CompHeating: days(6.556233333333337),
        CompActiveCooling: days(0),
        CompTapWater: days(2.0836000000000006),
        CPLoops: days(0.40832638888888895),
        CPAddSource: days(0),
      },
    },
    basic: { InfoData: { pumpModel: 'Hydro S', firmware: '1.2.3' } },
    shortcuts: {
      ShortcutsData: { heatpump_on: 1, circulation_on: '0', fast_water_heating: 0, antilegionella: '1' },
    },
  }
}
