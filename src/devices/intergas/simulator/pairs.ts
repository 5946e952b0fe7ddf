import type { HexAnswers } from './frozen.ts'

/** A state in which the original exporter was watched. */
export interface Pair {
  /** As its scenario is named behind `pair-`. */
  readonly state: string
  readonly about: string
  readonly answers: HexAnswers
}

const CRC = 'f2039501a500280000020000000000000000000000000000b694d25f2da01107'
const HN = '43120c00e817af017c1103000000010039b79303fb234300010004000a010101'
const SETTINGS = '01003232030000000000414b19f91905010000011414190123433c000a002800'

/** Eight states whose pages by the original exporter are known. */
export const PAIRS: readonly Pair[] = [
  {
    state: 'idle',
    about: 'Standby, pump off.',
    answers: {
      'S?': 'b60dc20db40d210c14ec14eca200000000000000000000007e00804020ff00ff',
      S2: '0000c800ff7fff7fff7fff7fff7fff7fff7f0000ffffffffffffffffffffffff',
      CRC,
      HN,
      'V?': SETTINGS,
    },
  },
  {
    state: 'ch_burning',
    about: 'OpenTherm heating, flame on.',
    answers: {
      'S?': '0d133a113c0eac0f14ec14ec9700941154065206ab00f3000000884025ff00ff',
      S2: '00005a0bff7f02089807ff7fff7fff7fff7f0000ffffffffffffffffffffffff',
      CRC,
      HN,
      'V?': SETTINGS,
    },
  },
  {
    state: 'dhw',
    about: 'Tapping, pump off, 5.61 l/min.',
    answers: {
      'S?': 'd31b921a93139c1614ec14ec6b00a81692099d0906019101cc00824025ff00ff',
      S2: '3102c800ff7fff7fff7fff7fff7fff7fff7f0000ffffffffffffffffffffffff',
      CRC,
      HN,
      'V?': SETTINGS,
    },
  },
  {
    state: 'fault',
    about: 'Fault 8 active, marker 0x80.',
    answers: {
      'S?': 'fb0af10ae60a2d0a14ec14ec94008813000000000000000066002480600800ff',
      S2: '0000c800ff7fff7fff7fff7fff7fff7fff7f0000ffffffffffffffffffffffff',
      CRC,
      HN,
      'V?': SETTINGS,
    },
  },
  {
    state: 'negative',
    about: 'Every exported temperature below zero, outside at -12.34.',
    answers: {
      'S?': 'fbff6afff4ffffff14ec2efb7800d4fe00000000000000001800084020ff00ff',
      S2: '00007800ff7fff7fff7fff7fff7fff7f2efb0000ffffffffffffffffffffffff',
      CRC,
      HN,
      'V?': SETTINGS,
    },
  },
  {
    state: 'pressure_below_zero',
    about: 'No pressure sensor: word -35, bit clear.',
    answers: {
      'S?': '0410fa0f3c0fb80b14ec14ecddff000000000000000000007e00804000ff00ff',
      S2: '0000c800ff7fff7fff7fff7fff7fff7fff7f0000ffffffffffffffffffffffff',
      CRC,
      HN,
      'V?': SETTINGS,
    },
  },
  {
    state: 'sensor_absent',
    about: 'Hot water sensor at -51.00, return at 327.67.',
    answers: {
      'S?': '0410fa0fff7f14ec14ec14ec8c0000000000b00400000000e700084020ff00ff',
      S2: '00005600ff7fff7fff7fff7fff7fff7fff7f0000ffffffffffffffffffffffff',
      CRC,
      HN,
      'V?': SETTINGS,
    },
  },
  {
    state: 'float_noise',
    about: 'Fan 55 and 109, fan PWM 7, io 28.',
    answers: {
      'S?': '07000e001c001d0014ec14ec3700380037006d0007001c00e700004020ff00ff',
      S2: '0700c900ff7fff7fff7fff7fff7fff7fff7f0000ffffffffffffffffffffffff',
      CRC,
      HN: '00000100020003008084040005000600010000001127000063004042000f101e',
      'V?': SETTINGS,
    },
  },
]
