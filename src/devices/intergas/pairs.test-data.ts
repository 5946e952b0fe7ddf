/*
 * What the original exporter printed for eight states of a boiler, measured by running it against a simulated line:
 * the five answers of each state, and below them each series with its text in each state.
 */

/** Answers of a state, as hexadecimal text, in the order in which they are asked. */
export interface Measured {
  readonly state: string
  readonly answers: Readonly<Record<string, string>>
}

export const MEASURED: readonly Measured[] = [
  {
    state: 'idle',
    answers: {
      'S?\r': 'b60dc20db40d210c14ec14eca200000000000000000000007e00804020ff00ff',
      'S2\r': '0000c800ff7fff7fff7fff7fff7fff7fff7f0000ffffffffffffffffffffffff',
      CRC: 'f2039501a500280000020000000000000000000000000000b694d25f2da01107',
      'HN\r': '43120c00e817af017c1103000000010039b79303fb234300010004000a010101',
      'V?\r': '01003232030000000000414b19f91905010000011414190123433c000a002800',
    },
  },
  {
    state: 'ch_burning',
    answers: {
      'S?\r': '0d133a113c0eac0f14ec14ec9700941154065206ab00f3000000884025ff00ff',
      'S2\r': '00005a0bff7f02089807ff7fff7fff7fff7f0000ffffffffffffffffffffffff',
      CRC: 'f2039501a500280000020000000000000000000000000000b694d25f2da01107',
      'HN\r': '43120c00e817af017c1103000000010039b79303fb234300010004000a010101',
      'V?\r': '01003232030000000000414b19f91905010000011414190123433c000a002800',
    },
  },
  {
    state: 'dhw',
    answers: {
      'S?\r': 'd31b921a93139c1614ec14ec6b00a81692099d0906019101cc00824025ff00ff',
      'S2\r': '3102c800ff7fff7fff7fff7fff7fff7fff7f0000ffffffffffffffffffffffff',
      CRC: 'f2039501a500280000020000000000000000000000000000b694d25f2da01107',
      'HN\r': '43120c00e817af017c1103000000010039b79303fb234300010004000a010101',
      'V?\r': '01003232030000000000414b19f91905010000011414190123433c000a002800',
    },
  },
  {
    state: 'fault',
    answers: {
      'S?\r': 'fb0af10ae60a2d0a14ec14ec94008813000000000000000066002480600800ff',
      'S2\r': '0000c800ff7fff7fff7fff7fff7fff7fff7f0000ffffffffffffffffffffffff',
      CRC: 'f2039501a500280000020000000000000000000000000000b694d25f2da01107',
      'HN\r': '43120c00e817af017c1103000000010039b79303fb234300010004000a010101',
      'V?\r': '01003232030000000000414b19f91905010000011414190123433c000a002800',
    },
  },
  {
    state: 'negative',
    answers: {
      'S?\r': 'fbff6afff4ffffff14ec2efb7800d4fe00000000000000001800084020ff00ff',
      'S2\r': '00007800ff7fff7fff7fff7fff7fff7f2efb0000ffffffffffffffffffffffff',
      CRC: 'f2039501a500280000020000000000000000000000000000b694d25f2da01107',
      'HN\r': '43120c00e817af017c1103000000010039b79303fb234300010004000a010101',
      'V?\r': '01003232030000000000414b19f91905010000011414190123433c000a002800',
    },
  },
  {
    state: 'pressure_below_zero',
    answers: {
      'S?\r': '0410fa0f3c0fb80b14ec14ecddff000000000000000000007e00804000ff00ff',
      'S2\r': '0000c800ff7fff7fff7fff7fff7fff7fff7f0000ffffffffffffffffffffffff',
      CRC: 'f2039501a500280000020000000000000000000000000000b694d25f2da01107',
      'HN\r': '43120c00e817af017c1103000000010039b79303fb234300010004000a010101',
      'V?\r': '01003232030000000000414b19f91905010000011414190123433c000a002800',
    },
  },
  {
    state: 'sensor_absent',
    answers: {
      'S?\r': '0410fa0fff7f14ec14ec14ec8c0000000000b00400000000e700084020ff00ff',
      'S2\r': '00005600ff7fff7fff7fff7fff7fff7fff7f0000ffffffffffffffffffffffff',
      CRC: 'f2039501a500280000020000000000000000000000000000b694d25f2da01107',
      'HN\r': '43120c00e817af017c1103000000010039b79303fb234300010004000a010101',
      'V?\r': '01003232030000000000414b19f91905010000011414190123433c000a002800',
    },
  },
  {
    state: 'float_noise',
    answers: {
      'S?\r': '07000e001c001d0014ec14ec3700380037006d0007001c00e700004020ff00ff',
      'S2\r': '0700c900ff7fff7fff7fff7fff7fff7fff7f0000ffffffffffffffffffffffff',
      CRC: 'f2039501a500280000020000000000000000000000000000b694d25f2da01107',
      'HN\r': '00000100020003008084040005000600010000001127000063004042000f101e',
      'V?\r': '01003232030000000000414b19f91905010000011414190123433c000a002800',
    },
  },
]

/** Series of the page in its order, each with the texts of its value in the eight states. */
const TABLE = `
intergas_temperature_celcius{type="aanvoer"} | 35.1 48.77 71.23 28.11 -0.05 41.0 41.0 0.07
intergas_temperature_celcius{type="flow"} | 35.22 44.1 68.02 28.01 -1.5 40.9 40.9 0.14
intergas_temperature_celcius{type="retour"} | 35.08 36.44 50.11 27.9 -0.12 39.0 327.67 0.28
intergas_temperature_celcius{type="warmwater"} | 31.05 40.12 57.88 26.05 -0.01 30.0 -51.0 0.29
intergas_temperature_celcius{type="set"} | 0.0 45.0 58.0 50.0 -3.0 0.0 0.0 0.56
intergas_water_pressure_bar | 1.62 1.51 1.07 1.48 1.2 -0.35 1.4 0.55
intergas_display_code | 126.0 0.0 204.0 264.0 24.0 126.0 231.0 231.0
intergas_fanspeed_rpm{type="set"} | 0.0 1620.0 2450.0 0.0 0.0 0.0 0.0 55.00000000000001
intergas_fanspeed_rpm{type="measured"} | 0.0 1618.0 2461.0 0.0 0.0 0.0 1200.0 109.00000000000001
intergas_fan_pwm | 0.0 17.1 26.200000000000003 0.0 0.0 0.0 0.0 0.7000000000000001
intergas_pump_pwm | 0.0 55.0 0.0 0.0 40.0 0.0 57.0 -0.5
intergas_flag{name="gp_switch"} | 1.0 1.0 1.0 0.0 0.0 1.0 0.0 0.0
intergas_flag{name="tap_switch"} | 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0
intergas_flag{name="roomtherm"} | 0.0 0.0 0.0 1.0 0.0 0.0 0.0 0.0
intergas_flag{name="pump"} | 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0
intergas_flag{name="dwk"} | 0.0 1.0 0.0 0.0 1.0 0.0 1.0 0.0
intergas_flag{name="alarm_status"} | 0.0 0.0 0.0 1.0 0.0 0.0 0.0 0.0
intergas_flag{name="ch_cascade_relay"} | 0.0 0.0 1.0 0.0 0.0 0.0 0.0 0.0
intergas_flag{name="opentherm"} | 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0
intergas_flag{name="gasvalve"} | 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0
intergas_flag{name="spark"} | 0.0 0.0 0.0 1.0 0.0 0.0 0.0 0.0
intergas_flag{name="io_signal"} | 1.0 1.0 1.0 1.0 1.0 0.0 1.0 1.0
intergas_flag{name="ch_ot_disabled"} | 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0
intergas_flag{name="low_water_pressure"} | 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0
intergas_flag{name="pressure_sensor"} | 0.0 1.0 1.0 0.0 0.0 0.0 0.0 0.0
intergas_flag{name="burner_block"} | 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0
intergas_flag{name="grad_flag"} | 0.0 1.0 1.0 0.0 0.0 0.0 0.0 0.0
intergas_ionization_current_microampere | 0.0 2.43 4.01 0.0 0.0 0.0 0.0 0.28
intergas_interrupt_time | 202.0 202.0 202.0 202.0 202.0 202.0 202.0 202.0
intergas_load{type="interrupt"} | 64.8 64.8 64.8 64.8 64.8 64.8 64.8 64.8
intergas_load{type="main"} | 20.625 20.625 20.625 20.625 20.625 20.625 20.625 20.625
intergas_hours{type="line_power"} | 70211.0 70211.0 70211.0 70211.0 70211.0 70211.0 70211.0 1.048576e+06
intergas_hours{type="ch_function"} | 6120.0 6120.0 6120.0 6120.0 6120.0 6120.0 6120.0 2.0
intergas_hours{type="dhw_function"} | 431.0 431.0 431.0 431.0 431.0 431.0 431.0 3.0
intergas_stats{type="power_disconnect"} | 12.0 12.0 12.0 12.0 12.0 12.0 12.0 1.0
intergas_stats{type="burnerstarts"} | 70012.0 70012.0 70012.0 70012.0 70012.0 70012.0 70012.0 2e+06
intergas_stats{type="burnerstarts_dhw"} | 65540.0 65540.0 65540.0 65540.0 65540.0 65540.0 65540.0 1e+06
intergas_stats{type="ignition_failed"} | 3.0 3.0 3.0 3.0 3.0 3.0 3.0 4.0
intergas_stats{type="flame_lost"} | 0.0 0.0 0.0 0.0 0.0 0.0 0.0 5.0
intergas_stats{type="reset"} | 1.0 1.0 1.0 1.0 1.0 1.0 1.0 6.0
intergas_gasmeter{type="cv"} | 6001.2345 6001.2345 6001.2345 6001.2345 6001.2345 6001.2345 6001.2345 0.0001
intergas_gasmeter{type="warmwater"} | 440.0123 440.0123 440.0123 440.0123 440.0123 440.0123 440.0123 1.0001
intergas_watermeter | 65.5361 65.5361 65.5361 65.5361 65.5361 65.5361 65.5361 0.0099
intergas_parameter{type="heater_on"} | 1.0 1.0 1.0 1.0 1.0 1.0 1.0 1.0
intergas_parameter{type="comfort_mode"} | 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0
intergas_parameter{type="ch_set_max"} | 50.0 50.0 50.0 50.0 50.0 50.0 50.0 50.0
intergas_parameter{type="dhw_set"} | 50.0 50.0 50.0 50.0 50.0 50.0 50.0 50.0
intergas_parameter{type="eco_days"} | 3.0 3.0 3.0 3.0 3.0 3.0 3.0 3.0
intergas_parameter{type="comfort_set"} | 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0
intergas_parameter{type="dhw_at_night"} | 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0
intergas_parameter{type="ch_at_night"} | 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0
intergas_parameter{type="param_1"} | 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0
intergas_parameter{type="param_2"} | 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0
intergas_parameter{type="param_3"} | 65.0 65.0 65.0 65.0 65.0 65.0 65.0 65.0
intergas_parameter{type="param_4"} | 75.0 75.0 75.0 75.0 75.0 75.0 75.0 75.0
intergas_parameter{type="param_5"} | 25.0 25.0 25.0 25.0 25.0 25.0 25.0 25.0
intergas_parameter{type="param_6"} | -7.0 -7.0 -7.0 -7.0 -7.0 -7.0 -7.0 -7.0
intergas_parameter{type="param_7"} | 25.0 25.0 25.0 25.0 25.0 25.0 25.0 25.0
intergas_parameter{type="param_8"} | 5.0 5.0 5.0 5.0 5.0 5.0 5.0 5.0
intergas_parameter{type="param_9"} | 1.0 1.0 1.0 1.0 1.0 1.0 1.0 1.0
intergas_parameter{type="param_A"} | 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0
intergas_parameter{type="param_b"} | 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0
intergas_parameter{type="param_C"} | 1.0 1.0 1.0 1.0 1.0 1.0 1.0 1.0
intergas_parameter{type="param_c"} | 20.0 20.0 20.0 20.0 20.0 20.0 20.0 20.0
intergas_parameter{type="param_d"} | 20.0 20.0 20.0 20.0 20.0 20.0 20.0 20.0
intergas_parameter{type="param_E"} | 25.0 25.0 25.0 25.0 25.0 25.0 25.0 25.0
intergas_parameter{type="param_E."} | 1.0 1.0 1.0 1.0 1.0 1.0 1.0 1.0
intergas_parameter{type="param_F"} | 35.0 35.0 35.0 35.0 35.0 35.0 35.0 35.0
intergas_parameter{type="param_H"} | 67.0 67.0 67.0 67.0 67.0 67.0 67.0 67.0
intergas_parameter{type="param_n"} | 60.0 60.0 60.0 60.0 60.0 60.0 60.0 60.0
intergas_parameter{type="param_o"} | 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0
intergas_parameter{type="param_P"} | 10.0 10.0 10.0 10.0 10.0 10.0 10.0 10.0
intergas_parameter{type="param_r"} | 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0
intergas_parameter{type="param_F."} | 40.0 40.0 40.0 40.0 40.0 40.0 40.0 40.0
intergas_tapflow | 0.0 0.0 5.61 0.0 0.0 0.0 0.0 0.07
intergas_up | 1.0 1.0 1.0 1.0 1.0 1.0 1.0 1.0
`

const ROWS = TABLE.trim()
  .split('\n')
  .map(row => {
    const [series = '', texts = ''] = row.split(' | ')
    return { series, texts: texts.split(' ') }
  })

/** The lines that the original printed for a state, without the time of the last poll. */
export function linesOf(state: string): readonly string[] {
  const column = MEASURED.findIndex(measured => measured.state === state)
  return ROWS.map(({ series, texts }) => `${series} ${texts[column]}`)
}
