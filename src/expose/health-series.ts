import { ERROR_KINDS } from '../core/errors.ts'
import type { FamilyName } from '../core/families/index.ts'
import type { Identity, Outcome } from '../core/reading.ts'
import type { View } from '../core/view.ts'
import { shortSerial } from './serial.ts'
import type { Shown } from './series-lines.ts'
import type { ExposedDevice } from './types.ts'

const UNKNOWN = 'unknown'
const OUTCOMES: readonly Outcome[] = ['mapped', 'native_only', 'unknown', 'rejected']
const MS_PER_SECOND = 1000

/**
 * Identity and health of a device: there for every configured device, up or down.
 * `identity` is the last one known: a device that is away is still the one it was.
 * `omitted` samples could not be printed; they count among the other errors.
 */
export function healthSeries(
  exposed: ExposedDevice,
  view: View,
  identity: Identity,
  omitted: number,
): readonly Shown<FamilyName>[] {
  const { device } = exposed
  const { health } = view
  const series: Shown<FamilyName>[] = [
    { family: 'hearth_device_info', labels: infoLabels(exposed, identity), value: 1 },
    { family: 'hearth_device_up', value: health.isUp ? 1 : 0 },
    { family: 'hearth_device_poll_interval_seconds', value: device.intervalMs / MS_PER_SECOND },
    { family: 'hearth_device_stale_after_seconds', value: device.staleAfterMs / MS_PER_SECOND },
    { family: 'hearth_device_poll_duration_seconds', histogram: health.durations },
    { family: 'hearth_device_polls_total', labels: { result: 'success' }, value: health.succeeded },
    { family: 'hearth_device_polls_total', labels: { result: 'failure' }, value: health.failed },
    { family: 'hearth_device_reconnects_total', value: health.reconnects },
  ]
  for (const kind of ERROR_KINDS) {
    const value = health.errors[kind] + (kind === 'other' ? omitted : 0)
    series.push({ family: 'hearth_device_errors_total', labels: { kind }, value })
  }
  for (const outcome of OUTCOMES) {
    series.push({ family: 'hearth_device_series', labels: { outcome }, value: health.outcomes[outcome] })
  }
  if (health.lastSuccessAt !== undefined) {
    const value = health.lastSuccessAt / MS_PER_SECOND
    series.push({ family: 'hearth_device_last_success_timestamp_seconds', value })
  }
  if (health.lastChangeAt !== undefined) {
    const value = health.lastChangeAt / MS_PER_SECOND
    series.push({ family: 'hearth_device_last_change_timestamp_seconds', value })
  }
  return series
}

function infoLabels(exposed: ExposedDevice, identity: Identity): Record<string, string> {
  const { class: deviceClass = 'other', vendor, model, serial, firmware, site } = identity
  const shownSerial = serial && !exposed.showSerials ? shortSerial(serial) : serial
  // What an owner calls the place may be an address: it is shown where the serial is.
  const ownSite = exposed.showSerials ? site : undefined
  const configuredSite = exposed.site === UNKNOWN ? undefined : exposed.site
  return {
    class: deviceClass,
    driver: exposed.type,
    vendor: vendor || UNKNOWN,
    model: model || UNKNOWN,
    serial: shownSerial || UNKNOWN,
    firmware: firmware || UNKNOWN,
    site: configuredSite || ownSite || UNKNOWN,
  }
}
