import { drivers } from '../src/devices/index.ts'
import { type Inhabitant, startInhabitant } from './inhabitant.ts'
import { bareServers, type Page, pageOf, type Server, startHearth, untilUp } from './server.ts'

const ALL_UP_MS = 60_000

/** One simulated device of every kind, and what is needed to start hearth and the bare server on them again and again. */
export interface House {
  readonly inhabitants: readonly Inhabitant[]
  /** A page with every device on it, as hearth sends it: the bare server sends the same. */
  readonly page: Page
  startHearth(options?: { readonly shortestInterval: boolean }): Promise<Server>
  startBare(): Promise<Server>
  /** Waits until every device is up. */
  untilUp(server: Server): Promise<void>
  close(): Promise<void>
}

/** @param folder for the files of its programs */
export async function openHouse(folder: string): Promise<House> {
  const inhabitants = await Promise.all(drivers.map(startInhabitant))
  const startBare = await bareServers(folder)
  const start: House['startHearth'] = options =>
    startHearth(folder, Object.fromEntries(inhabitants.map(each => [each.name, each.entry(options)])))
  const allUp = (server: Server) => untilUp(server, inhabitants.length, ALL_UP_MS)

  const first = await start()
  await allUp(first)
  const page = await pageOf(first)
  await first.program.stop()

  return {
    inhabitants,
    page,
    startHearth: start,
    startBare: () => startBare(page),
    untilUp: allUp,
    async close() {
      await Promise.all(inhabitants.map(each => each.stop()))
    },
  }
}
