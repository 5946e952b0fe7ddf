/** What `isg_exporter --help` prints: the original's text of its document, then what its later releases and hearth add. */
export const HELP = `Usage:
  isg_exporter [OPTIONS]

Application Options:
      --port=         The address to listen on for HTTP requests. (default: 8080) [$EXPORTER_PORT]
      --interval=     The frequency in seconds in which to gather data (default: 60) [$INTERVAL]
      --url=          URL for ISG [$ISG_URL]
      --user=         username for ISG [$ISG_USER]
      --password=     password for ISG [$ISG_PASSWORD]
      --skipCircuit2  Toogle to skip data for circuit 2 [$SKIP_CIRCUIT_2]
      --debug

Help Options:
  -h, --help          Show this help message

Options of later releases:
      --loglevel=     Lowest level to log: trace, debug, info, warn, error, fatal or panic (default: info)
      --metricsWithSectionPrefix
                      Put the heading of its table before each name [$METRICS_WITH_SECTION_PREFIX]
      --mode=         webscraping, the only mode that hearth has (default: webscraping)
      --browserRollover=, --modbusSlaveId=
                      Accepted and not needed

Added by hearth:
      --listen=       Address to listen on, such as 127.0.0.1:8080; wins over the port
      --noUnitLabel   Series without the label unit, as before release 1.0 [$NO_UNIT_LABEL]
`
