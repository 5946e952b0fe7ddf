import { hasValue } from './entity.ts'
import type { BusDevice, House } from './house.ts'
import type { OwnEntities } from './own-entities.ts'

/** A float is printed apart: JSON shows `45`, the metrics text `45.00`. */
export interface Float {
  readonly float: number
}

export type SystemValue = string | number | boolean | Float

/** `[section, [[key, value], ...]]` in the order of the document. */
export type Section = readonly [name: string, values: readonly (readonly [key: string, value: SystemValue])[]]

/** One row of `devices`. */
export interface SystemDevice {
  readonly type: string
  readonly name: string
  readonly entities: number
  readonly bus?: Pick<BusDevice, 'id' | 'product' | 'brand' | 'version'>
}

/** The system document as firmware 3.8 orders and names it; older ones are made from it. */
export function systemSections(house: House): readonly Section[] {
  const { firmware, system } = house
  return [
    ['system', systemSection(house)],
    [
      'network',
      [
        ['network', system.network],
        ['hostname', system.hostname],
        ...(system.network === 'WiFi'
          ? ([
              ['RSSI', system.rssi],
              ['WIFIReconnects', 1],
              ['BSSID', 'set'],
            ] as const)
          : []),
        ['TxPowerSetting', 0],
        ['staticIP', false],
        ['lowBandwidth', false],
        ['disableSleep', true],
        ['enableMDNS', true],
        ['enableCORS', false],
      ],
    ],
    [
      'ntp',
      [
        ['NTPstatus', 'connected'],
        ['enabled', true],
        ['server', 'time.google.com'],
        ['tzLabel', 'Europe/Amsterdam'],
        ['timestamp', system.clockSeconds],
        ['NTPStatus', 'connected'],
      ],
    ],
    [
      'ap',
      [
        ['provisionMode', 'disconnected'],
        ['ssid', 'ems-esp'],
        ['security', 'wpa2'],
        ['channel', 1],
        ['ssidHidden', false],
        ['maxClients', 4],
        ['localIP', '192.168.4.1'],
        ['gatewayIP', '192.168.4.1'],
        ['subnetMask', '255.255.255.0'],
      ],
    ],
    ['mqtt', mqttSection(house)],
    ...(firmware.hasModbus ? ([['modbus', [['enabled', false]]]] as const) : []),
    [
      'syslog',
      system.hasSyslog
        ? [
            ['enabled', true],
            ['syslogStarted', true],
            ['syslogLevel', 'notice'],
            ['syslogIP', '192.168.1.9'],
            ['syslogQueue', 0],
          ]
        : [['enabled', false]],
    ],
    ['sensor', sensorSection(house.own)],
    ...(firmware.hasModbus ? ([['analog', [['enabled', true]]]] as const) : []),
    [
      'api',
      [
        ['APICalls', 2914],
        ['APIFails', 3],
      ],
    ],
    [
      'bus',
      [
        ['busStatus', system.busStatus],
        ['busProtocol', system.busProtocol],
        ['busTelegramsReceived', system.telegramsReceived],
        ['busReads', 29_731],
        ['busWrites', 12],
        ['busIncompleteTelegrams', 4],
        ['busReadsFailed', 2],
        ['busWritesFailed', 0],
        ['busRxLineQuality', 100],
        ['busTxLineQuality', 99],
      ],
    ],
    ['settings', settingsSection(house)],
  ]
}

/** The rows of `devices`: those on the bus first, then the gateway's own where they hold something. */
export function systemDevices({ devices, own, firmware }: House): readonly SystemDevice[] {
  const sensorWord = firmware.age === '3.4' || firmware.age === '3.5' ? 'dallassensor' : 'temperaturesensor'
  const rows = [
    [sensorWord, own.temperatures.length],
    ['analogsensor', own.analogs.length],
    ['scheduler', own.schedules.length],
    ['custom', own.customs.length],
  ] as const
  return [
    ...devices.map(device => ({
      type: device.type,
      name: device.name,
      entities: device.isListedOnly ? 0 : device.entities.filter(hasValue).length,
      bus: device,
    })),
    ...rows.filter(([, count]) => count > 0).map(([type, entities]) => ({ type, name: type, entities })),
  ]
}

function systemSection({ firmware, system }: House): Section[1] {
  return [
    ['version', firmware.version],
    ['uptime', uptimeText(system.uptimeSeconds)],
    ['uptimeSec', system.uptimeSeconds],
    ['platform', 'ESP32'],
    ['cpuType', 'ESP32-S3'],
    ['arduino', 'Tasmota Arduino v2.0.18'],
    ['sdk', '4.4.8.240628'],
    ['freeMem', system.freeMemory],
    ['maxAlloc', system.largestBlock],
    ['freeCaps', 7904],
    ['usedApp', 2141],
    ['freeApp', 3939],
    ['partition', 'app0'],
    ['flash_chip_size', 16_384],
    ['resetReason', 'Software reset CPU / Software reset CPU'],
    ['psram', true],
    ['psramSize', 8192],
    ['freePsram', 8011],
    ['model', 'BBQKees Electronics EMS Gateway E32 V2 (E32 V2.2 P3/2024011)'],
    ...(system.temperature === undefined
      ? []
      : [['temperature', { float: system.temperature }] satisfies [string, SystemValue]]),
  ]
}

function mqttSection({ system }: House): Section[1] {
  return [
    ['MQTTStatus', system.hasMqtt ? 'connected' : 'disconnected'],
    ...(system.hasMqtt
      ? ([
          ['MQTTPublishes', 46_336],
          ['MQTTQueued', 0],
          ['MQTTPublishFails', 0],
          ['MQTTReconnects', 1],
        ] as const)
      : []),
    ['enabled', system.hasMqtt],
    ['clientID', 'ems-esp'],
    ['keepAlive', 60],
    ['cleanSession', false],
    ['entityFormat', 1],
    ['base', 'ems-esp'],
    ['discoveryPrefix', 'homeassistant'],
    ['discoveryType', 0],
    ['nestedFormat', 1],
    ['haEnabled', true],
    ['mqttQos', 0],
    ['mqttRetain', false],
    ['publishTimeHeartbeat', 60],
    ['publishTimeBoiler', 10],
    ['publishTimeThermostat', 10],
    ['publishTimeSolar', 10],
    ['publishTimeMixer', 10],
    ['publishTimeWater', 0],
    ['publishTimeOther', 10],
    ['publishTimeSensor', 10],
    ['publishSingle', false],
    ['publish2command', false],
    ['sendResponse', false],
  ]
}

function sensorSection({ temperatures, analogs }: OwnEntities): Section[1] {
  return [
    ...(temperatures.length > 0
      ? ([
          ['temperatureSensors', temperatures.length],
          ['temperatureSensorReads', 15_880],
          ['temperatureSensorFails', 0],
        ] as const)
      : []),
    ...(analogs.length > 0
      ? ([
          ['analogSensors', analogs.length],
          ['analogSensorReads', 31_760],
          ['analogSensorFails', 1],
        ] as const)
      : []),
  ]
}

function settingsSection({ settings, own }: House): Section[1] {
  return [
    ['boardProfile', 'E32V2_2'],
    ['locale', settings.language],
    ['txMode', 1],
    ['emsBusID', 11],
    ['showerTimer', false],
    ['showerMinDuration', 180],
    ['showerAlert', false],
    ['hideLed', false],
    ['noTokenApi', false],
    ['readonlyMode', false],
    ['fahrenheit', settings.isFahrenheit],
    ['dallasParasite', false],
    ['boolFormat', settings.boolFormat],
    ['boolDashboard', 1],
    ['enumFormat', settings.enumFormat],
    ['analogEnabled', own.analogs.length > 0],
    ['telnetEnabled', true],
    ['maxWebLogBuffer', 25],
    ['modbusEnabled', false],
    ['forceHeatingOff', false],
    ['developerMode', false],
  ]
}

/** `005+02:56:13.000` */
export function uptimeText(seconds: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  const days = String(Math.floor(seconds / 86_400)).padStart(3, '0')
  return `${days}+${two((seconds / 3600) % 24)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}.000`
}
