/** Python's client looks at the words of the header only: neither weights nor versions count. */
function hasWord(header: string | undefined, word: string): boolean {
  return (header ?? '').split(',').some(entry => entry.split(';', 1)[0]?.trim() === word)
}

/** Whether Python's client answers OpenMetrics. */
export function pythonAnswersOpenMetrics(accept: string | undefined): boolean {
  return hasWord(accept, 'application/openmetrics-text')
}

/** Whether Python's client compresses. */
export function pythonAnswersGzip(acceptEncoding: string | undefined): boolean {
  return hasWord(acceptEncoding?.toLowerCase(), 'gzip')
}
