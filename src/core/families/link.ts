import { families } from './family.ts'

/** A gateway, its bus and its radio. */
export const LINK_FAMILIES = families({
  hearth_device_uptime_seconds: {
    type: 'gauge',
    help: 'Time since the gateway or controller started.',
    labels: [],
    unit: 'seconds',
  },
  hearth_link_messages_total: {
    type: 'counter',
    help: "Telegrams on the device's bus.",
    labels: ['direction', 'result'],
  },
  hearth_link_quality_ratio: {
    type: 'gauge',
    help: 'Share of good telegrams as the gateway sees it.',
    labels: ['direction'],
    unit: 'ratio',
  },
  hearth_link_signal_dbm: { type: 'gauge', help: 'Radio signal of the gateway.', labels: [] },
})
