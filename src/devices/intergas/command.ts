import type { DropInCommand } from '../../core/driver.ts'

/** `intergas-exporter`: the original had its port and its device written into the program; both can be chosen here. */
export const INTERGAS_COMMAND: DropInCommand = {
  name: 'intergas-exporter',
  summary: 'take the place of intergas-exporter: one Intergas boiler, its series',
  defaultPort: 8080,
  portEnv: 'INTERGAS_EXPORTER_PORT',
  options: [
    {
      name: 'interface',
      flag: '--interface <port>',
      env: 'INTERGAS_EXPORTER_INTERFACE',
      default: '/dev/ttyUSB-PL2303',
      help: 'serial port of the boiler, or tcp://host:port',
    },
  ],
  resolve: texts => ({ settings: { port: texts['interface'] ?? '' } }),
}
