import { systemClock } from '../src/core/clock.ts'
import { linkySimulator } from '../src/devices/linky/simulator/index.ts'
import { serveTcp } from '../src/transport/serve.ts'

/*
 * Simulated meters at the true pace of their lines, each on a port of its own, all in one process.
 * Arguments: scenarios. Prints their places as JSON and lives until its standard input ends.
 */

const places: string[] = []
for (const [number, scenario] of process.argv.slice(2).entries()) {
  const device = linkySimulator.start({ scenario, seed: number + 1, clock: systemClock, pace: 1 })
  const served = await serveTcp({ host: '127.0.0.1', port: 0 }, line => device.attach(line))
  places.push(served.address)
}
process.stdout.write(`${JSON.stringify(places)}\n`)
process.stdin.resume().once('end', () => process.exit())
