import type { Board } from './revision.ts'

/** The boards share numbers with different meanings. */
const CLASSIC: Readonly<Record<number, string>> = {
  0: 'sensor fault after self check',
  1: 'flow temperature too high',
  2: 'sensors S1 and S2 interchanged',
  4: 'no flame signal',
  5: 'poor flame signal or flame lost',
  6: 'flame detection fault',
  8: 'fan speed wrong',
  27: 'outside sensor shorted',
  29: 'gas valve relay',
  30: 'gas valve relay, or return hotter than flow',
  ...range(10, 14, 'sensor S1'),
  ...range(20, 24, 'sensor S2'),
}

const XTREME: Readonly<Record<number, string>> = {
  0: 'sensor defect',
  1: 'too hot during heating',
  2: 'too hot during hot water',
  3: 'flue gas too hot',
  4: 'no flame at start',
  5: 'flame lost in operation',
  6: 'flame simulation',
  7: 'ionisation too low',
  8: 'fan speed wrong',
  9: 'burner controller fault',
  10: 'sensor',
  11: 'sensor',
  12: 'sensor S5',
  14: 'sensor mounting',
  15: 'mounting of sensor S1',
  16: 'mounting of sensor S3',
  18: 'flue or air duct blocked',
  19: 'burner module fault',
  27: 'outside sensor shorted',
  28: 'reset error',
  29: 'gas valve',
  30: 'sensor S3',
  31: 'sensor S1',
}

/** The list of the board that `REV` named; without one only what both lists say alike. */
export function faultText(code: number, board: Board | 'Xtreme' | undefined): string {
  const classic = CLASSIC[code]
  const xtreme = XTREME[code]
  const known = board === 'Xtreme' ? xtreme : board ? classic : classic === xtreme ? classic : undefined
  return known ?? `fault ${code}`
}

function range(from: number, to: number, text: string): Record<number, string> {
  return Object.fromEntries(Array.from({ length: to - from + 1 }, (_, i) => [from + i, text]))
}
