import { z } from 'zod'
import { type Device, type Driver, defineDriver } from '../core/driver.ts'
import { HearthError } from '../core/errors.ts'
import type { Site } from '../core/page.ts'
import { duration } from '../core/settings.ts'
import type { Simulator } from '../core/simulator.ts'

const site: Site = { flavour: 'plain', headers: {}, route: () => 'not-found' }

function fakeDevice(place: string, intervalMs: number, staleAfterMs: number): Device {
  return {
    place,
    intervalMs,
    staleAfterMs,
    feed: () => ({ kind: 'listen', run: async () => {} }),
    identity: () => ({ class: 'other' }),
    outcome: () => 'unknown',
    unified: () => [],
    site,
    pages: () => new Map(),
  }
}

const shared = {
  fields: [],
  simulator: async (): Promise<Simulator> => ({
    kind: 'serial',
    scenarios: [],
    start: () => ({ attach() {}, stop() {} }),
  }),
  demo: { name: 'fake', scenario: 'calm' },
} as const

const meter = defineDriver({
  ...shared,
  type: 'linky',
  title: 'A meter that talks by itself',
  targetKey: 'port',
  defaultIntervalMs: 0,
  defaultStaleAfterMs: 60_000,
  dropIn: {
    name: 'linky-exporter',
    summary: '',
    defaultPort: 8000,
    options: [],
    resolve: () => ({ settings: {} }),
  },
  settings: () => ({
    port: z.string().min(1).describe('Serial port, or tcp://host:port.'),
    mode: z.enum(['auto', 'historique', 'standard']).default('auto'),
    baud_rate: z.number().int().min(300).max(115_200).optional(),
    frame_timeout: duration('Longest time without a frame.').optional(),
  }),
  create({ port, intervalMs, staleAfterMs }) {
    if (port.startsWith('udp:')) {
      throw new HearthError('HEARTH_PORT_ADDRESS', `"${port}" is no port`, { hint: 'Write /dev/ttyUSB0' })
    }
    return fakeDevice(port, intervalMs, staleAfterMs)
  },
})

const gateway = defineDriver({
  ...shared,
  type: 'stiebel-isg',
  title: 'A gateway with a login',
  targetKey: 'url',
  defaultIntervalMs: 60_000,
  memberNames: ['boiler', 'thermostat'],
  dropIn: {
    name: 'isg_exporter',
    summary: '',
    defaultPort: 8080,
    options: [],
    resolve: () => ({ settings: {} }),
  },
  settings: kit => ({
    url: z.url().describe('Address of the gateway.'),
    user: z.string().min(1).max(64).optional(),
    password: kit.secret('Password of the user.').optional(),
    skip_circuit2: z.boolean().default(false),
    offset: z.number().gt(-5).lt(5).multipleOf(0.5).optional(),
    rooms: z.array(z.string()).max(2).optional(),
    limits: z.strictObject({ lowest: z.number(), highest: z.number().optional() }).optional(),
    scale: z.union([z.number(), z.literal('none')]).optional(),
    contact: z.email().optional(),
    code: z
      .string()
      .regex(/^[A-Z]+$/)
      .optional(),
  }),
  create: ({ url, intervalMs, staleAfterMs }) => fakeDevice(url, intervalMs, staleAfterMs),
})

const cloud = defineDriver({
  ...shared,
  type: 'kronoterm-cloud',
  title: 'A cloud service',
  targetKey: 'url',
  defaultIntervalMs: 60_000,
  dropIn: {
    name: 'kronoterm-cloud-relay',
    summary: '',
    defaultPort: 8555,
    options: [],
    resolve: () => ({ settings: {} }),
  },
  settings: kit => ({
    user: z.string().min(1).describe('Login of the cloud service.'),
    password: kit.secret('Password of the cloud service.'),
  }),
  create: ({ user, password, intervalMs, staleAfterMs }) =>
    fakeDevice(`${user} ${password.reveal().length}`, intervalMs, staleAfterMs),
})

/** Three kinds of device for tests: one that listens, one that is polled, one that cannot do without a secret. */
export const fakeDrivers: readonly Driver[] = [meter, gateway, cloud]
