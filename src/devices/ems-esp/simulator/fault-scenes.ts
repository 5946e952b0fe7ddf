import type { Fault } from './fault.ts'
import type { Scene } from './scene.ts'

/** The word that `token-required` wants as Bearer. */
export const DEMO_TOKEN = 'demo-token'

const PROXY_PAGE = '<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1></body></html>\n'
const HTML = 'text/html; charset=utf-8'

export const FAULT_SCENES: readonly Scene[] = [
  fault('reset', 'Every connection is closed without an answer.', { kind: 'reset' }),
  fault('hang', 'Requests are taken and never answered.', { kind: 'hang' }),
  fault('slow', 'Every answer takes three seconds.', { kind: 'slow', ms: 3000 }),
  fault('drip', 'Answers come in pieces of 2000 bytes, 20 ms apart.', {
    kind: 'drip',
    bytes: 2000,
    everyMs: 20,
  }),
  fault('wrong-length', 'Content-Length is larger than the body.', { kind: 'wrong-length', by: 7 }),
  fault('short-length', 'Content-Length is smaller than the body.', { kind: 'wrong-length', by: -7 }),
  fault('truncated', 'The connection ends after half the body.', { kind: 'truncated', isAdmitted: false }),
  fault('cut', 'Half the body with a length that fits: a whole answer that makes no sense.', {
    kind: 'truncated',
    isAdmitted: true,
  }),
  fault('thermostat-failing', 'Everything about thermostats is answered with 500.', {
    kind: 'only',
    path: '/api/thermostat',
    fault: { kind: 'status', status: 500, body: '', contentType: 'text/plain' },
  }),
  fault('thermostat-truncated', 'Everything about thermostats breaks off.', {
    kind: 'only',
    path: '/api/thermostat',
    fault: { kind: 'truncated', isAdmitted: false },
  }),
  fault('thermostat-hanging', 'Nothing about thermostats is answered.', {
    kind: 'only',
    path: '/api/thermostat',
    fault: { kind: 'hang' },
  }),
  fault('system-failing', 'The system document is answered with 500.', {
    kind: 'only',
    path: '/api/system',
    fault: { kind: 'status', status: 500, body: '', contentType: 'text/plain' },
  }),
  fault('server-error', 'Everything is answered with 500.', {
    kind: 'status',
    status: 500,
    body: '',
    contentType: 'text/plain',
  }),
  fault('bad-gateway', 'A proxy in front of the gateway answers 502 with a page.', {
    kind: 'status',
    status: 502,
    body: PROXY_PAGE,
    contentType: HTML,
  }),
  fault('html', 'Everything is answered with 200 and a page.', {
    kind: 'status',
    status: 200,
    body: PROXY_PAGE,
    contentType: HTML,
  }),
  fault('empty', 'Everything is answered with 200 and nothing.', {
    kind: 'status',
    status: 200,
    body: '',
    contentType: 'application/json; charset=utf-8',
  }),
  fault('token-required', `401 without "Authorization: Bearer ${DEMO_TOKEN}".`, {
    kind: 'token',
    token: DEMO_TOKEN,
  }),
  fault('wrong-shape', 'JSON of another shape, a different one each time.', { kind: 'wrong-shape' }),
  fault('endless', 'Answers that never stop.', { kind: 'endless' }),
  fault('reboot', 'Down for 4 s, then the devices come one by one.', {
    kind: 'reboot',
    downMs: 4000,
    emptyMs: 4000,
    betweenMs: 1000,
  }),
]

function fault(name: string, summary: string, shown: Fault): Scene {
  return { kind: 'fault', name, summary, fault: shown }
}
