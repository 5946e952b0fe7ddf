/** A label value between its quotes; the same in every text format. */
export function escapeLabel(value: string): string {
  return /[\\"\n]/.test(value)
    ? value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
    : value
}

/** HELP in text 0.0.4: quotes stay bare. */
export function escapeHelp(help: string): string {
  return help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
}

/** HELP in OpenMetrics: quotes are escaped as well. */
export function escapeQuotedHelp(help: string): string {
  return escapeHelp(help).replaceAll('"', '\\"')
}

/**
 * Text from a device as a label value: what no parser should meet becomes U+FFFD.
 * A lone surrogate is no UTF-8, some scrapers take NUL for the end of the page, and some tools take CR for the end of a line.
 */
export function cleanLabel(value: string): string {
  return value.toWellFormed().replace(/[\0\r]/g, '\ufffd')
}
