/** What there is to know of an original to swap it for hearth in a test. */
export interface Original {
  /** Name of its page, of its compose file and of its device folder. */
  readonly page: string
  readonly command: string
  readonly port: number
  /** What runs before the swap in the way with this heading. `gateway`: the device itself, which nobody stops. */
  readonly runsAs: (heading: string) => 'unit' | 'container' | 'gateway'
  /** Options of `hearth simulate`. */
  readonly device: string
  /** The serial port that the device is found at. */
  readonly serialPort?: string
  /** Lines that the original's document shows, as the last proving command prints them. */
  readonly shows: readonly RegExp[]
  /** Where the document has a configuration of Prometheus: a series that a real one then has, and how many targets. */
  readonly scraped?: { readonly series: string; readonly targets: number }
  /** Whether hearth comes from a checkout, where the page leaves the choice between that and the single file. */
  readonly isCheckout: boolean
}

const inContainer = () => 'container' as const

export const ORIGINALS: readonly Original[] = [
  {
    page: 'linky',
    command: 'linky-exporter',
    port: 8123,
    runsAs: inContainer,
    device: 'linky --scenario document --pace 10 --pty /dev/ttyUSB0',
    serialPort: '/dev/ttyUSB0',
    shows: [
      /^linky_isousc\{adco="\d{12}",hhphc="A",imax="090",job="linky-exporter",motdetat="000000",optarif="BASE",ptec="TH\.\."\} 30\.0$/m,
      /^# TYPE linky_base_total counter\nlinky_base\{adco=.*\} 2\.35478e\+06$/m,
      /^linky_iinst\{adco=.*\} 11\.0$/m,
      /^linky_papp\{adco=.*\} 2610\.0$/m,
    ],
    isCheckout: true,
  },
  {
    page: 'intergas',
    command: 'intergas-exporter',
    port: 8080,
    runsAs: () => 'unit',
    device: 'intergas --scenario document --pace 10 --pty /dev/ttyUSB-PL2303',
    serialPort: '/dev/ttyUSB-PL2303',
    shows: [
      /^(?:intergas_[^\n]*\n|#[^\n]*\n|process_[^\n]*\n)+$/,
      /^intergas_temperature_celcius\{type="aanvoer"\} 69\.97$/m,
      /^intergas_stats\{type="burnerstarts"\} 52436\.0$/m,
      /^intergas_parameter\{type="param_F\."\} 40\.0$/m,
      /^intergas_up 1\.0$/m,
    ],
    isCheckout: false,
  },
  {
    page: 'stiebel-isg',
    command: 'isg_exporter',
    port: 8080,
    runsAs: heading => (heading.startsWith('With systemd') ? 'unit' : 'container'),
    device: 'stiebel-isg --scenario document --listen 127.0.0.1:80',
    shows: [/^isg_vorlauftemp\{unit="°C"\} 34\.6$/m, /^isg_flag_status_ok 1$/m, /"verdichter_heizen"/],
    isCheckout: true,
  },
  {
    page: 'kronoterm-cloud',
    command: 'kronoterm-cloud-relay',
    port: 8555,
    runsAs: inContainer,
    device: 'kronoterm-cloud --scenario document --listen 127.0.0.1:8999',
    shows: [
      /^heat_pump_basic_info\{hp_id="FFFFFF",location_name="MyHome",user_level="4"\} 1\.0$/m,
      /^heat_pump_temperature_c\{heating_loop="system",name="outlet_temperature"\} 38\.5$/m,
      /^heat_pump_power_consumption_kwh\{function="total"\} 9\.048159722222227$/m,
      /^heat_pump_pressure_bar 1\.9$/m,
      /^heat_pump_function\{function="working_mode",heating_loop="loop_1"\} 2\.0$/m,
    ],
    scraped: { series: 'heat_pump_pressure_bar{job="heat-pump"}', targets: 1 },
    isCheckout: false,
  },
  {
    page: 'ems-esp',
    command: 'ems-esp',
    port: 8084,
    runsAs: () => 'gateway',
    device: 'ems-esp --scenario document --listen 0.0.0.0:80',
    shows: [/^emsesp_circmode\{circuit="dhw"\} 1$/m],
    scraped: { series: 'emsesp_circmode{job="emsesp",device="boiler"}', targets: 3 },
    isCheckout: false,
  },
]
