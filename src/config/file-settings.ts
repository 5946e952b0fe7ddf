import { z } from 'zod'
import { listenAddress } from '../core/settings.ts'

/** What the main listener listens on when the file says nothing. */
export const DEFAULT_LISTEN = '127.0.0.1:10790'

/** The keys of the file besides `devices`. */
export const fileSettings = z.strictObject({
  listen: listenAddress('Address of the main listener; ":10790" for every interface.').prefault(
    DEFAULT_LISTEN,
  ),
  data_dir: z
    .string()
    .min(1)
    .default('./data')
    .describe('Folder where hearth keeps its own state and history.'),
  site: z.string().min(1).default('unknown').describe('Name of the house, for those who have several.'),
  privacy: z
    .strictObject({
      show_serials: z.boolean().default(false).describe('Show serial numbers and delivery point numbers.'),
    })
    .prefault({})
    .describe('What of the owner may be seen.'),
})
