import type { HttpSimulator } from '../../../core/simulator.ts'
import { startCloud } from './cloud.ts'
import { SCENES } from './scenes.ts'
import { readAsked, sendReply } from './wire.ts'

export { PLANT_ZONE } from './calendar.ts'
export { ACCOUNT, type Cloud, type CloudOptions, startCloud } from './cloud.ts'
export type { Asked, Ending, Reply } from './reply.ts'

/**
 * The cloud with one account and one pump. It answers at the pace of its reader: `pace` changes nothing, and the delays
 * of faults are real ones, since they are measured against a reader's patience.
 */
export const kronotermSimulator: HttpSimulator = {
  kind: 'http',
  scenarios: SCENES.map(({ name, summary }) => ({ name, summary })),
  start({ scenario, seed, clock }) {
    const cloud = startCloud({ scenario, seed, clock })
    const waiting = new Set<() => void>()
    let isStopped = false
    return {
      handle(request, response) {
        // Who hangs up before the answer must not end the simulation.
        response.on('error', () => undefined)
        readAsked(request, asked => {
          if (isStopped) return
          const forget = sendReply(cloud.answer(asked), response, clock)
          waiting.add(forget)
          response.on('close', () => waiting.delete(forget))
        })
      },
      change: name => cloud.change(name),
      stop() {
        isStopped = true
        for (const forget of waiting) forget()
        waiting.clear()
      },
    }
  },
}
