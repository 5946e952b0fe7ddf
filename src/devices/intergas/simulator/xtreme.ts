import { ABSENT, countersAnswer, xtremeStatusAnswer } from './answers.ts'
import { ANSWER_BYTES, answerOf, hundredths } from './bytes.ts'
import { bytesAnswer, faultsAnswer, PRODUCTION, releaseAnswer } from './identity.ts'
import { createLiving, type Living, type LivingPlan, loadAnswer, roomAnswer } from './living.ts'
import type { Boiler, BoilerStart } from './scene.ts'

const COLD_WATER = 11.2

/** An Xtreme that lives by its plan. No real one was in reach: all of it is what its readers say of it. */
export function xtremeBoiler(plan: LivingPlan, start: BoilerStart): Boiler {
  const living = createLiving(plan, start)
  return {
    answer(name, elapsedMs) {
      living.advance(elapsedMs)
      switch (name) {
        case 'S?':
          return statusOf(living)
        case 'S2':
          return roomAnswer(plan, living)
        case 'CRC':
          return loadAnswer(start.seed, living)
        case 'H0':
          return countersAnswer(living.counters())
        case 'V?':
          return bytesAnswer(plan.settings)
        case 'V0':
        case 'V1':
        case 'V2':
        case 'V3':
          return settingsPage(plan, Number(name[1]))
        case 'D2':
          return driveAnswer(living)
        case 'EN':
          return faultsAnswer(living.faults())
        case 'REV':
          return releaseAnswer('x2mk1    *P210304*', 'V1.14')
        case 'REW':
          return releaseAnswer('x2disp   *P210304*', 'V1.08')
        case 'B?':
          return PRODUCTION
        case 'B2':
          return answerOf([])
        case 'HN':
          return undefined
      }
    },
  }
}

/** Flue gas is a little warmer than what comes back to be heated. */
function statusOf({ model, status }: Living): Uint8Array {
  const { burner, water } = model
  return xtremeStatusAnswer({
    ...status(),
    coldWater: COLD_WATER,
    flueGas: burner.powerKw > 0 ? water.return + 6 : water.return,
    solarCylinder: ABSENT,
  })
}

/** `D2`: what turns, and the second exchanger. */
function driveAnswer({ model }: Living): Uint8Array {
  const { burner, water, pumpPercent } = model
  return answerOf([
    [0, 'u16', burner.fanSet],
    [2, 'u16', burner.fan],
    [10, 'u16', pumpPercent],
    [12, 'u16', pumpPercent * 30],
    [26, 'u16', hundredths(water.exchanger - 4)],
    [28, 'u16', 0],
    [30, 'u16', 0],
  ])
}

/** Parameter n is byte n % 32 of page n / 32: the known ones first, the rest zero. */
function settingsPage({ settings }: LivingPlan, page: number): Uint8Array {
  return bytesAnswer(settings.slice(page * ANSWER_BYTES, (page + 1) * ANSWER_BYTES))
}
