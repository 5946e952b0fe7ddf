import type { Answer, Exposition } from '../expose/types.ts'
import type { WebRequest } from './request.ts'

const LONGEST_HOST = 255
const HOST = /^(?:[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/

/**
 * Prometheus `http_sd_configs`: one target per device. No label `device`: the series carry it themselves, and a
 * target label of that name would rename theirs to `exported_device`.
 */
export function serviceDiscovery(exposition: Exposition, request: WebRequest): Answer {
  const targets = [ownAddress(request)]
  const groups = exposition.devices().map(({ exposed }) => ({
    targets,
    labels: {
      __metrics_path__: `/devices/${encodeURIComponent(exposed.name)}/unified`,
      __meta_hearth_device: exposed.name,
      __meta_hearth_driver: exposed.type,
    },
  }))
  return {
    status: 200,
    headers: {
      'Content-Type': 'application/json',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    },
    body: Buffer.from(`${JSON.stringify(groups)}\n`),
  }
}

/** The address at which the asker reached us works for it again; a Host header that is no address is not repeated. */
function ownAddress(request: WebRequest): string {
  const host = request.headers.host ?? ''
  return host.length <= LONGEST_HOST && HOST.test(host) ? host : request.reachedAt()
}
