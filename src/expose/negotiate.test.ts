import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { negotiateFormat, wantsGzip } from './negotiate.ts'

const TEXT = 'text/plain; version=0.0.4; charset=utf-8'
const OPEN_METRICS = 'application/openmetrics-text; version=1.0.0; charset=utf-8'
const OPEN_METRICS_0 = 'application/openmetrics-text; version=0.0.1; charset=utf-8'
const PROTOBUF = 'application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited'

describe('the format for an Accept header', () => {
  it.each([
    [
      'Prometheus 2.42',
      'application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1',
      OPEN_METRICS,
    ],
    [
      'Prometheus 2.42 with native histograms',
      `${PROTOBUF},application/openmetrics-text;version=1.0.0;q=0.8,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1`,
      OPEN_METRICS,
    ],
    [
      'Prometheus 3.14',
      'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2',
      `${OPEN_METRICS}; escaping=underscores`,
    ],
    [
      'Prometheus 3.x, protobuf first',
      `${PROTOBUF};q=0.6,application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1`,
      `${OPEN_METRICS}; escaping=underscores`,
    ],
    ['no header', undefined, TEXT],
    ['an empty header', '', TEXT],
    ['anything', '*/*', TEXT],
    ['a browser', 'text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8', TEXT],
    ['text/plain', 'text/plain', TEXT],
    ['text of any kind', 'text/*;q=0.9,application/openmetrics-text;q=0.5', TEXT],
    ['text 0.0.4', 'text/plain;version=0.0.4', TEXT],
    ['text 1.0.0', 'text/plain;version=1.0.0', TEXT],
    [
      'text 1.0.0 with escaping',
      'text/plain;version=1.0.0;escaping=allow-utf-8',
      `${TEXT}; escaping=underscores`,
    ],
    ['OpenMetrics without a version', 'application/openmetrics-text', OPEN_METRICS],
    ['OpenMetrics 0.0.1', 'application/openmetrics-text; version=0.0.1; charset=utf-8', OPEN_METRICS_0],
    [
      'OpenMetrics 0.0.1 by weight',
      'application/openmetrics-text;version=1.0.0;q=0.2,application/openmetrics-text;version=0.0.1;q=0.3',
      OPEN_METRICS_0,
    ],
    ['OpenMetrics 2.0', 'application/openmetrics-text;version=2.0.0', TEXT],
    ['OpenMetrics refused', 'application/openmetrics-text;q=0', TEXT],
    ['text before OpenMetrics', 'text/plain;q=0.9,application/openmetrics-text;version=1.0.0;q=0.8', TEXT],
    [
      'text after OpenMetrics',
      'text/plain;q=0.5,application/openmetrics-text;version=1.0.0;q=0.8',
      OPEN_METRICS,
    ],
    ['anything before OpenMetrics', '*/*;q=1,application/openmetrics-text;version=1.0.0;q=0.8', TEXT],
    ['upper case', 'Application/OpenMetrics-Text; Version="1.0.0"; Q=0.7', OPEN_METRICS],
    ['a comma in quotes', 'text/plain;x="a\\",application/openmetrics-text,";q=0.1', TEXT],
    ['a weight that is none', 'application/openmetrics-text;q=high', TEXT],
    ['everything refused', 'text/plain;q=0,*/*;q=0', TEXT],
    ['garbage', ';;;===,,,;q=,"', TEXT],
    ['10 kB of it', 'application/openmetrics-text;version=1.0.0,'.repeat(240), TEXT],
  ])('%s', (_, accept, contentType) => {
    const answer = negotiateFormat(accept)

    expect(answer.contentType).toBe(contentType)
    expect(answer.format).toBe(contentType.startsWith('text/') ? 'text' : 'openMetrics')
  })

  it('is found for any header whatever', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), header => {
        expect(['text', 'openMetrics']).toContain(negotiateFormat(header).format)
        expect(typeof wantsGzip(header)).toBe('boolean')
      }),
    )
  })
})

describe('gzip for an Accept-Encoding header', () => {
  it.each([
    [undefined, false],
    ['', false],
    ['gzip', true],
    ['GZIP', true],
    ['x-gzip', true],
    ['gzip, deflate, br, zstd', true],
    ['deflate, gzip;q=0.5', true],
    ['gzip;q=0', false],
    ['gzip;q=0.0, *', false],
    ['identity', false],
    ['identity, gzip;q=0.5', false],
    ['gzip, identity;q=0.5', true],
    ['gzip;q=0.5, identity;q=0', true],
    ['identity;q=0', false],
    ['identity;q=0, *', true],
    ['*', false],
    ['zstd', false],
  ])('%s: %s', (header, isWanted) => {
    expect(wantsGzip(header)).toBe(isWanted)
  })
})
