import { describe, expect, it } from 'vitest'
import type { View } from '../../core/view.ts'
import { createExposition } from '../../expose/exposition.ts'
import { recordingSlot, viewOf } from './frames.test-helper.ts'
import { linky } from './index.ts'

const kit = {
  secret: () => {
    throw new Error('a meter has no secret')
  },
}

/** What the drop-in listener answers for a path. */
function answer(view: View, path = '/metrics', query = '', accept?: string) {
  const configured = linky.configure({ type: 'linky', port: '/dev/ttyUSB0' }, kit)
  if (!configured.isValid) throw new Error('the entry is valid')
  const exposition = createExposition({ version: '1', revision: 'r', runtime: 'node' })
  const { device } = configured
  exposition.put(
    { name: 'meter', type: 'linky', title: '', site: 'unknown', showSerials: false, device },
    view,
  )
  const given = exposition.dropIn('meter', path, {
    accept,
    acceptEncoding: undefined,
    query: new URLSearchParams(query),
  })
  if (!given) throw new Error('the device exists')
  return { ...given, text: Buffer.from(given.body).toString() }
}

const raw = (value: number, text: string) => ({ value, raw: text })

/** The readings of the sheet's own BASE frame. */
const BASE = viewOf({
  ADCO: '041476203915',
  OPTARIF: 'BASE',
  ISOUSC: raw(45, '45'),
  BASE: raw(8_412_377, '008412377'),
  PTEC: 'TH..',
  IINST: raw(4, '004'),
  IMAX: raw(90, '090'),
  PAPP: raw(930, '00930'),
  HHPHC: 'A',
  MOTDETAT: '000000',
})

const LABELS =
  'adco="041476203915",hhphc="A",imax="090",job="linky-exporter",motdetat="000000",optarif="BASE",ptec="TH.."'

describe('drop-in page, HISTORIQUE', () => {
  it('is what the original prints for a BASE frame', () => {
    const { status, headers, text } = answer(BASE)
    expect(text).toBe(`# HELP linky_isousc Intensité Souscrite en A
# TYPE linky_isousc gauge
linky_isousc{${LABELS}} 45.0
# HELP linky_base_total Index Option Base en Wh
# TYPE linky_base_total counter
linky_base{${LABELS}} 8.412377e+06
# HELP linky_iinst Intensité Instantanée en A
# TYPE linky_iinst gauge
linky_iinst{${LABELS}} 4.0
# HELP linky_papp Puissance Apparente en VA
# TYPE linky_papp gauge
linky_papp{${LABELS}} 930.0
`)
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'Content-Type': 'text/plain; version=0.0.4; charset=utf-8',
      'Cache-Control': 'no-cache, no-store, must-revalidate, max-age=0',
      'Cross-Origin-Opener-Policy': 'same-site',
      Server: '',
    })
  })

  it('has the series of a three-phase frame without currents and without imax', () => {
    const { text } = answer(
      viewOf({
        ADCO: '062363118820',
        OPTARIF: 'HC..',
        ISOUSC: raw(30, '30'),
        HCHC: raw(15_033_211, '015033211'),
        HCHP: raw(1_000_000, '001000000'),
        PTEC: 'HC..',
        IINST1: raw(1, '001'),
        IMAX1: raw(60, '060'),
        PAPP: raw(3410, '03410'),
        HHPHC: 'A',
        MOTDETAT: '000000',
        PPOT: '00',
      }),
    )
    const labels =
      'adco="062363118820",hhphc="A",job="linky-exporter",motdetat="000000",optarif="HC..",ptec="HC.."'
    expect(text.split('\n').filter(line => !line.startsWith('#'))).toEqual([
      `linky_isousc{${labels}} 30.0`,
      `linky_hchc{${labels}} 1.5033211e+07`,
      `linky_hchp{${labels}} 1e+06`,
      `linky_papp{${labels}} 3410.0`,
      '',
    ])
  })

  it('carries no energy on EJP and Tempo, as the original', () => {
    const view = viewOf({
      ADCO: '0',
      OPTARIF: 'BBR(',
      ISOUSC: 45,
      BBRHCJB: 5,
      PTEC: 'HPJB',
      IINST: 4,
      PAPP: 930,
      DEMAIN: 'BLEU',
    })
    const names = answer(view).text.match(/^linky_\w+/gm)
    expect(names).toEqual(['linky_isousc', 'linky_iinst', 'linky_papp'])
  })

  it('answers OpenMetrics with bare names in the metadata and the same samples', () => {
    const { text, headers } = answer(BASE, '/metrics', '', 'application/openmetrics-text')
    expect(headers['Content-Type']).toBe('application/openmetrics-text; version=0.0.1; charset=utf-8')
    expect(text).toContain('# TYPE linky_base counter\nlinky_base{')
    expect(text.endsWith('# EOF\n')).toBe(true)
  })

  it('filters by sample name', () => {
    expect(answer(BASE, '/metrics', 'name[]=linky_papp').text.match(/^linky_\w+/gm)).toEqual(['linky_papp'])
    expect(answer(BASE, '/metrics', 'name[]=linky_base_total').text).toBe('')
  })

  it.each([
    ['/', 301, '/metrics'],
    ['/favicon.ico', 200, undefined],
    ['/metrics/', 404, undefined],
    ['/other', 404, undefined],
  ])('answers %s with %i', (path, status, location) => {
    const given = answer(BASE, path)
    expect([given.status, given.headers['Location'], given.text]).toEqual([status, location, ''])
    expect(given.headers['X-Content-Type-Options']).toBe('nosniff')
  })

  it('answers 503 with the reason while there is nothing fresh', () => {
    const { status, text } = answer(viewOf({}))
    expect(status).toBe(503)
    expect(text).toContain('No complete frame from the meter')
  })

  it('answers 503 when a meter in standby sends its address alone', () => {
    expect(answer(viewOf({ ADCO: '041476203915' })).status).toBe(503)
  })
})

describe('the page after a start', () => {
  const partial = { OPTARIF: 'BASE', ISOUSC: raw(45, '45'), PTEC: 'TH..', PAPP: raw(930, '00930') }
  const statusAfter = (damaged: number, frames: number) => {
    const { slot } = recordingSlot()
    slot.update({
      group: 'frame',
      isWhole: true,
      readings: Object.entries(partial).map(([key, reading]) =>
        typeof reading === 'object' ? { key, ...reading } : { key, value: reading, raw: reading },
      ),
    })
    if (damaged > 0) slot.trouble('checksum', 'damaged', damaged)
    for (let i = 0; i < frames; i++) slot.attempt(true, 0)
    return answer(slot.view()).status
  }

  it('waits for the labels that damaged frames may have lost, for two frames', () => {
    expect([statusAfter(1, 1), statusAfter(1, 2), statusAfter(1, 3)]).toEqual([503, 503, 200])
  })

  it('does not wait where nothing was damaged: then the meter has no such label', () => {
    expect(statusAfter(0, 1)).toBe(200)
  })
})

describe('drop-in page, STANDARD', () => {
  const single = {
    ADSC: '041876097768',
    VTIC: raw(2, '02'),
    NGTF: { value: 'BASE', raw: '      BASE      ' },
    LTARF: { value: 'BASE', raw: '      BASE      ' },
    EAST: { value: 2_354_780, raw: '002354780', unit: 'Wh' },
    IRMS1: { value: 11, raw: '011', unit: 'A' },
    PREF: { value: 6, raw: '06', unit: 'kVA' },
    SINSTS: { value: 2610, raw: '02610', unit: 'VA' },
    'SMAXSN-1': { value: 4536, raw: '04536', unit: 'VA' },
    STGE: '00CA0701',
    PRM: { value: '12345678901234', raw: '12345678901234', isPersonal: true },
  }
  const labels = 'adsc="041876097768",job="linky-exporter",ltarf="BASE",ngtf="BASE"'
  const samples = (view: View) =>
    answer(view)
      .text.split('\n')
      .filter(line => line.startsWith('linky_'))

  it('prints every numeric group and the names of the dashboard', () => {
    expect(samples(viewOf(single))).toEqual([
      `linky_isousc{${labels}} 30.0`,
      `linky_base{${labels}} 2.35478e+06`,
      `linky_iinst{${labels}} 11.0`,
      `linky_papp{${labels}} 2610.0`,
      `linky_vtic{${labels}} 2.0`,
      `linky_east{${labels}} 2.35478e+06`,
      `linky_irms1{${labels}} 11.0`,
      `linky_pref{${labels}} 6.0`,
      `linky_sinsts{${labels}} 2610.0`,
      `linky_smaxsn_1{${labels}} 4536.0`,
    ])
    expect(answer(viewOf(single)).text).toContain('# TYPE linky_east_total counter\n')
    expect(answer(viewOf(single)).text).toContain('# TYPE linky_smaxsn_1 gauge\n')
  })

  it.each([
    ['STGE', '00130001'],
    ['MSG1', '00000000000000000000000000000042'],
    ['MSG2', '0000000000000042'],
  ])('never takes %s for a number, though its characters may all be digits', (key, text) => {
    const view = viewOf({ ...single, [key]: { value: text, raw: text } })
    expect(samples(view)).toEqual(samples(viewOf(single)))
  })

  it('has no linky_base under another calendar', () => {
    const view = viewOf({ ...single, NGTF: { value: 'TEMPO', raw: '      TEMPO     ' } })
    expect(samples(view).some(line => line.startsWith('linky_base'))).toBe(false)
  })

  it('has no names of the dashboard on three phases', () => {
    const view = viewOf({ ...single, IRMS2: raw(1, '001'), IRMS3: raw(1, '001') })
    expect(samples(view).some(line => /^linky_(isousc|iinst|papp|base)\{/.test(line))).toBe(false)
  })
})
