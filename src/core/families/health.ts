import { families } from './family.ts'

/** Identity and health: present for every configured device, also while it is down. */
export const HEALTH_FAMILIES = families({
  hearth_device_info: {
    type: 'info',
    help: 'What the device is. Unknown fields read "unknown"; serial shortened unless the owner allows it.',
    labels: ['class', 'driver', 'vendor', 'model', 'serial', 'firmware', 'site'],
  },
  hearth_device_up: {
    type: 'gauge',
    help: '1 if the last attempt produced a complete valid reading, 0 otherwise.',
    labels: [],
  },
  hearth_device_last_success_timestamp_seconds: {
    type: 'gauge',
    help: 'Unix time of the last complete valid reading; absent until there has been one.',
    labels: [],
    unit: 'seconds',
  },
  hearth_device_last_change_timestamp_seconds: {
    type: 'gauge',
    help: 'Unix time at which any raw value of the device last differed from the one before.',
    labels: [],
    unit: 'seconds',
  },
  hearth_device_poll_interval_seconds: {
    type: 'gauge',
    help: 'Configured time between readings; 0 for a device that talks by itself and is always listened to.',
    labels: [],
    unit: 'seconds',
  },
  hearth_device_stale_after_seconds: {
    type: 'gauge',
    help: 'Age at which readings of the device are withdrawn.',
    labels: [],
    unit: 'seconds',
  },
  hearth_device_poll_duration_seconds: {
    type: 'histogram',
    help: 'Time one reading took.',
    labels: [],
    unit: 'seconds',
  },
  hearth_device_polls_total: { type: 'counter', help: 'Readings attempted.', labels: ['result'] },
  hearth_device_errors_total: {
    type: 'counter',
    help: 'What went wrong, by kind; all kinds start at 0.',
    labels: ['kind'],
  },
  hearth_device_reconnects_total: {
    type: 'counter',
    help: 'Times the connection was opened again.',
    labels: [],
  },
  hearth_device_clock_offset_seconds: {
    type: 'gauge',
    help: 'Clock of the device minus clock of the host.',
    labels: [],
    unit: 'seconds',
  },
  hearth_device_series: {
    type: 'gauge',
    help: 'Native series by what became of them.',
    labels: ['outcome'],
  },
})
