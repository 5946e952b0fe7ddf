import { configPath, planOf } from './config-file.ts'
import { createLog, type LogOptions } from './log.ts'
import { runService } from './service.ts'
import type { World } from './world.ts'

/** `hearth run`: the service. */
export async function run(
  options: { readonly config?: string; readonly log: LogOptions },
  world: World,
): Promise<number> {
  const log = await createLog(options.log)
  const path = configPath(options.config, world)
  return runService({
    world,
    log,
    canReload: true,
    readPlan: () => planOf(path, world),
    onStarted(house) {
      for (const [purpose, url] of house.addresses()) log.info('listening', { for: purpose, url })
    },
  })
}
