/** Where the heat of the burner goes at the moment. */
export type Way = 'radiators' | 'tap' | 'nowhere'

/** What moves heat in one second. */
export interface WaterStep {
  readonly way: Way
  readonly isPumping: boolean
  readonly pumpPercent: number
  readonly powerKw: number
  readonly room: number
}

/** Temperatures in the boiler and its pipes, °C. */
export interface Water {
  readonly exchanger: number
  readonly supply: number
  readonly return: number
  readonly tapWater: number
  /** Mean of the heating circuit: what its pressure follows. */
  readonly circuit: number
  /** What the radiators gave in the last second. */
  readonly radiatorsKw: number
  step(step: WaterStep): void
}

/** 30 litres and the iron around them. */
const CIRCUIT_KWH_PER_K = 0.04
const RADIATORS_KW_PER_K = 0.3
const STANDING_KW_PER_K = 0.006
/** Heat that the pump at full power carries per kelvin between supply and return. */
const FLOW_KW_PER_K = 1.2
const TAP_SET = 58

/** Water at rest. */
export function createWater({
  circuit,
  tapWater: tapWaterAtStart,
}: {
  circuit: number
  tapWater: number
}): Water {
  let mean = circuit
  let exchanger = circuit + 0.1
  let supply = circuit + 0.2
  let back = circuit
  let tapWater = tapWaterAtStart
  let radiatorsKw = 0

  function heatCircuit({ isPumping, pumpPercent, powerKw, room }: WaterStep, toRadiatorsKw: number): void {
    const lossKw = (isPumping ? RADIATORS_KW_PER_K : STANDING_KW_PER_K) * (mean - room)
    mean += (toRadiatorsKw - lossKw) / CIRCUIT_KWH_PER_K / 3600
    radiatorsKw = lossKw
    const spread = isPumping ? Math.max(powerKw, lossKw * 0.4) / ((FLOW_KW_PER_K * pumpPercent) / 100) : 0
    const lag = isPumping ? 15 : 90
    supply += (mean + spread / 2 - supply) / lag
    back += (mean - spread / 2 - back) / lag
  }

  return {
    get exchanger() {
      return exchanger
    },
    get supply() {
      return supply
    },
    get return() {
      return back
    },
    get tapWater() {
      return tapWater
    },
    get circuit() {
      return mean
    },
    get radiatorsKw() {
      return radiatorsKw
    },
    step(step) {
      const { way, powerKw, room } = step
      heatCircuit(step, way === 'radiators' ? powerKw : 0)
      const isBurning = powerKw > 0
      if (way === 'tap') {
        exchanger += ((isBurning ? 44 + 1.5 * powerKw : supply) - exchanger) / 8
        supply += (exchanger - 3 - supply) / 25
        tapWater += ((isBurning ? TAP_SET - 0.5 : 30) - tapWater) / 10
        return
      }
      exchanger += (supply + powerKw - exchanger) / (isBurning ? 6 : 40)
      tapWater += (room + 2 - tapWater) / 5400
    },
  }
}
