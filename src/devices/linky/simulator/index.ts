import type { SerialSimulator } from '../../../core/simulator.ts'
import { createAudience } from '../../../simulation/audience.ts'
import { playPaced, playUnpaced } from './pace.ts'
import { createWire, SCENES } from './wire.ts'

export { simulatedBytes } from './wire.ts'

/** A French meter with a household behind it. It only talks: what a reader sends goes nowhere, as on the real output. */
export const linkySimulator: SerialSimulator = {
  kind: 'serial',
  scenarios: SCENES.map(({ name, summary }) => ({ name, summary })),
  start({ scenario, seed, clock, pace }) {
    const wire = createWire({ scenario, seed, startAt: clock.now() })
    const audience = createAudience()
    const end = Number.isFinite(pace) ? playPaced(wire, audience, clock, pace) : playUnpaced(wire, audience)
    let isStopped = false
    return {
      attach(line) {
        if (!isStopped) audience.attach(line)
      },
      stop() {
        isStopped = true
        end()
        audience.hangUp()
      },
    }
  },
}
