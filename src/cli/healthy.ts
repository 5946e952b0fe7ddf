import { HearthError } from '../core/errors.ts'
import type { ListenAddress } from '../core/settings.ts'
import { drivers } from '../devices/index.ts'
import { httpClient } from '../transport/http-client.ts'
import { configPath, planOf } from './config-file.ts'
import { addressOf } from './drop-in.ts'
import { EXIT, type World } from './world.ts'

const PATIENCE_MS = 5_000

/**
 * `hearth healthy`: 0 when the listener answers HTTP, for health checks where there is no other program to ask with.
 * Any answer counts, a 503 too: a silent device is no reason to restart what waits for it.
 */
export async function healthy(
  target: string | undefined,
  options: { readonly config?: string },
  world: World,
): Promise<number> {
  const url = urlOf(target, options, world)
  const client = httpClient({ deadlineMs: PATIENCE_MS, keepAlive: false }, world)
  try {
    const { status } = await client.ask({ url }, new AbortController().signal)
    world.write(`${url} answers ${status}\n`)
    return EXIT.ok
  } catch (error) {
    // Without the hints for devices: it is hearth that is asked here.
    world.complain(`hearth healthy: ${error instanceof Error ? error.message : String(error)}\n`)
    return EXIT.failed
  } finally {
    client.close()
  }
}

function urlOf(target: string | undefined, { config }: { readonly config?: string }, world: World): string {
  if (target === undefined) {
    const path = configPath(config, world)
    const { listen } = planOf(path, world)
    if (listen) return `${baseOf(listen)}/-/healthy`
    throw new HearthError('HEARTH_SETTING_INVALID', `${path} names no listener`, { hint: 'Name the address' })
  }
  const dropIn = drivers.find(({ dropIn: { name } }) => name === target)?.dropIn
  if (dropIn) return `${baseOf(addressOf(dropIn, {}, world))}/`
  if (/^https?:\/\/[^/]/.test(target) && URL.canParse(target)) return target
  throw new HearthError('HEARTH_SETTING_INVALID', `"${target}" is no address to ask`, {
    hint: `Write http://127.0.0.1:10790/-/healthy, or one of: ${drivers.map(({ dropIn: { name } }) => name).join(', ')}`,
  })
}

/** Where this machine reaches a listener; one on every interface is reached on loopback. */
function baseOf({ host, port }: ListenAddress): string {
  const reached = host === undefined || host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return `http://${reached.includes(':') ? `[${reached}]` : reached}:${port}`
}
