import { systemClock } from '../src/core/clock.ts'
import { intergasSimulator } from '../src/devices/intergas/simulator/index.ts'
import { serveTcp } from '../src/transport/serve.ts'

/*
 * Simulated boilers, each on a port of its own, all in one process.
 * Argument: how many. Prints their places as JSON and lives until its standard input ends.
 */

const places: string[] = []
for (let seed = 1; seed <= Number(process.argv[2]); seed++) {
  const boiler = intergasSimulator.start({ scenario: 'demo', seed, clock: systemClock, pace: 1 })
  const served = await serveTcp({ host: '127.0.0.1', port: 0 }, line => boiler.attach(line))
  places.push(served.address)
}
process.stdout.write(`${JSON.stringify(places)}\n`)
process.stdin.resume().once('end', () => process.exit())
