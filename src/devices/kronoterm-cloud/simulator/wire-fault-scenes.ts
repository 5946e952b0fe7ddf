import { createRandom, wholeBetween } from '../../../simulation/random.ts'
import { makeDemoPlant } from './plant-scenes.ts'
import { htmlReply, type Reply } from './reply.ts'
import type { Scene } from './scene.ts'

/** Longer than an answer may take. */
export const SLOW_MS = 10_000
export const RETRY_AFTER_SECONDS = 20
/** More than any page has. */
const HUGE_BYTES = 3 * 1024 * 1024

/** What is wrong with every answer, logins included. */
export const WIRE_FAULT_SCENES: readonly Scene[] = [
  faulty('maintenance', 'A page in HTML that says so, with status 200, in place of every answer.', () =>
    htmlReply(200, 'The cloud is under maintenance'),
  ),
  faulty('status-429', `Status 429 that asks to wait ${RETRY_AFTER_SECONDS} seconds.`, () =>
    htmlReply(429, 'Too Many Requests', { headers: { 'Retry-After': String(RETRY_AFTER_SECONDS) } }),
  ),
  faulty('status-500', 'Status 500.', () => htmlReply(500, 'Internal Server Error')),
  faulty('status-503', 'Status 503.', () => htmlReply(503, 'Service Unavailable')),
  faulty('redirect-away', 'Every answer leads to another host.', () =>
    htmlReply(302, 'Found', { headers: { Location: 'https://maintenance.invalid/' } }),
  ),
  faulty('empty', 'Answers without a body.', reply => ({ ...reply, body: '' })),
  faulty('truncated', 'Half of each body, announced as whole.', reply => ({
    ...reply,
    body: reply.body.slice(0, Math.floor(reply.body.length / 2)),
  })),
  faulty('cut', 'The connection ends in the middle of each body.', reply => ({ ...reply, ending: 'cut' })),
  faulty('stalled', 'Each body begins and never ends.', reply => ({ ...reply, ending: 'stalled' })),
  faulty('slow', 'Every answer takes ten seconds.', reply => ({ ...reply, afterMs: SLOW_MS })),
  faulty('black-hole', 'Nothing is ever answered.', reply => ({ ...reply, ending: 'silent' })),
  faulty('reset', 'Connections are reset in place of an answer.', reply => ({ ...reply, ending: 'reset' })),
  faulty('noise', 'Random bytes in place of each body.', reply => ({
    ...reply,
    body: noise(reply.body.length),
  })),
  faulty('huge', 'Three mebibytes in place of each body.', reply => ({ ...reply, body: hugeBody() })),
]

function noise(length: number): Uint8Array {
  const random = createRandom(length)
  return Uint8Array.from({ length }, () => wholeBetween(random, 0, 255))
}

function faulty(name: string, summary: string, way: (reply: Reply) => Reply): Scene {
  return { name, summary, makePlant: makeDemoPlant, fault: { way } }
}

/** Made when it is sent: as a constant it would be in the memory of every hearth, which carries its simulators along. */
function hugeBody(): Buffer {
  return Buffer.from(`"${'x'.repeat(HUGE_BYTES)}"`)
}
