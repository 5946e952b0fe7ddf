import { describe, expect, it } from 'vitest'
import { dataOf, framesIn, labelsOf } from './frames.test-helper.ts'
import { SCENES, simulatedBytes } from './wire.ts'

const START = Date.UTC(2026, 10, 21, 10, 0, 0)
const hear = (scenario: string, frames: number, startAt = START, seed = 1) =>
  framesIn(simulatedBytes({ scenario, seed, startAt, frames }))

const HEAD = ['ADCO', 'OPTARIF', 'ISOUSC']
const TAIL = ['PAPP', 'HHPHC', 'MOTDETAT']
const PROFILE_TAIL = ['STGE', 'MSG1', 'PRM', 'RELAIS', 'NTARF', 'NJOURF', 'NJOURF+1', 'PJOURF+1']

describe('frames', () => {
  it.each([
    ['base', 152],
    ['document', 152],
    ['hc', 170],
    ['tempo', 275],
    ['historique-three-phase', 251],
    ['standard', 865],
    ['producer', 1093],
    ['standard-three-phase', 1214],
  ])('of %s have %d bytes', (scenario, bytes) => {
    expect(hear(scenario, 1)[0]?.bytes).toBe(bytes)
  })

  it.each([
    ['base', [...HEAD, 'BASE', 'PTEC', 'IINST', 'IMAX', ...TAIL]],
    ['hc', [...HEAD, 'HCHC', 'HCHP', 'PTEC', 'IINST', 'IMAX', ...TAIL]],
    ['ejp', [...HEAD, 'EJPHN', 'EJPHPM', 'PTEC', 'IINST', 'IMAX', ...TAIL]],
    [
      'tempo',
      [
        ...HEAD,
        ...['BBRHCJB', 'BBRHPJB', 'BBRHCJW', 'BBRHPJW', 'BBRHCJR', 'BBRHPJR'],
        ...['PTEC', 'DEMAIN', 'IINST', 'IMAX'],
        ...TAIL,
      ],
    ],
    [
      'historique-three-phase',
      [
        ...HEAD,
        ...['HCHC', 'HCHP', 'PTEC', 'IINST1', 'IINST2', 'IINST3', 'IMAX1', 'IMAX2', 'IMAX3', 'PMAX'],
        ...TAIL,
        'PPOT',
      ],
    ],
    ['idle', ['ADCO']],
    [
      'standard',
      [
        ...['ADSC', 'VTIC', 'DATE', 'NGTF', 'LTARF', 'EAST'],
        ...[
          'EASF01',
          'EASF02',
          'EASF03',
          'EASF04',
          'EASF05',
          'EASF06',
          'EASF07',
          'EASF08',
          'EASF09',
          'EASF10',
        ],
        ...['EASD01', 'EASD02', 'EASD03', 'EASD04', 'IRMS1', 'URMS1', 'PREF', 'PCOUP', 'SINSTS'],
        ...['SMAXSN', 'SMAXSN-1', 'CCASN', 'CCASN-1', 'UMOY1'],
        ...PROFILE_TAIL,
      ],
    ],
    [
      'producer',
      [
        ...['ADSC', 'VTIC', 'DATE', 'NGTF', 'LTARF', 'EAST'],
        ...[
          'EASF01',
          'EASF02',
          'EASF03',
          'EASF04',
          'EASF05',
          'EASF06',
          'EASF07',
          'EASF08',
          'EASF09',
          'EASF10',
        ],
        ...['EASD01', 'EASD02', 'EASD03', 'EASD04', 'EAIT', 'ERQ1', 'ERQ2', 'ERQ3', 'ERQ4'],
        ...[
          'IRMS1',
          'URMS1',
          'PREF',
          'PCOUP',
          'SINSTS',
          'SMAXSN',
          'SMAXSN-1',
          'SINSTI',
          'SMAXIN',
          'SMAXIN-1',
        ],
        ...['CCASN', 'CCASN-1', 'CCAIN', 'CCAIN-1', 'UMOY1'],
        ...PROFILE_TAIL,
      ],
    ],
    [
      'standard-three-phase',
      [
        ...['ADSC', 'VTIC', 'DATE', 'NGTF', 'LTARF', 'EAST'],
        ...[
          'EASF01',
          'EASF02',
          'EASF03',
          'EASF04',
          'EASF05',
          'EASF06',
          'EASF07',
          'EASF08',
          'EASF09',
          'EASF10',
        ],
        ...['EASD01', 'EASD02', 'EASD03', 'EASD04', 'IRMS1', 'IRMS2', 'IRMS3', 'URMS1', 'URMS2', 'URMS3'],
        ...['PREF', 'PCOUP', 'SINSTS', 'SINSTS1', 'SINSTS2', 'SINSTS3'],
        ...['SMAXSN', 'SMAXSN1', 'SMAXSN2', 'SMAXSN3', 'SMAXSN-1', 'SMAXSN1-1', 'SMAXSN2-1', 'SMAXSN3-1'],
        ...['CCASN', 'CCASN-1', 'UMOY1', 'UMOY2', 'UMOY3'],
        ...PROFILE_TAIL,
      ],
    ],
  ])('of %s hold their groups in order', (scenario, labels) => {
    expect(labelsOf(hear(scenario, 1)[0])).toEqual(labels)
  })

  const good = SCENES.filter(({ verdict }) => verdict === 'good').map(({ name }) => name)

  it.each(good.filter(name => name !== 'parity'))('of %s are whole and have right checksums', name => {
    const frames = hear(name, 40)

    expect(frames).toHaveLength(40)
    for (const { groups } of frames) expect(groups.every(({ isValid }) => isValid)).toBe(true)
    const isCutAllowed = name === 'overrun-three-phase'
    if (!isCutAllowed) expect(frames.every(({ end }) => end === 'ETX')).toBe(true)
  })

  it.each(SCENES.map(({ name }) => name))('of %s are the same for the same seed', name => {
    const options = { scenario: name, startAt: START, frames: 5 }
    const once = simulatedBytes({ ...options, seed: 3 })

    expect(simulatedBytes({ ...options, seed: 3 })).toEqual(once)
  })

  it('of a living house depend on the seed', () => {
    const options = { scenario: 'base', startAt: START, frames: 5 }

    expect(simulatedBytes({ ...options, seed: 1 })).not.toEqual(simulatedBytes({ ...options, seed: 2 }))
  })
})

describe('document', () => {
  it("stands still at the values of the original's document", () => {
    const frames = hear('document', 100)

    expect(new Set(frames.map(frame => JSON.stringify(frame))).size).toBe(1)
    expect(frames[0]?.groups.map(({ label, data }) => `${label} ${data}`).slice(1)).toEqual([
      'OPTARIF BASE',
      'ISOUSC 30',
      'BASE 002354780',
      'PTEC TH..',
      'IINST 011',
      'IMAX 090',
      'PAPP 02610',
      'HHPHC A',
      'MOTDETAT 000000',
    ])
    expect(dataOf(frames[0], 'ADCO')).toMatch(/^\d{12}$/)
  })
})

describe('tariffs', () => {
  it('switches from peak to off-peak at 22:30', () => {
    const frames = hear('hc', 6, Date.UTC(2026, 10, 21, 21, 29, 57))

    expect(frames.map(frame => dataOf(frame, 'PTEC'))).toEqual([
      'HP..',
      'HP..',
      'HP..',
      'HC..',
      'HC..',
      'HC..',
    ])
  })

  it('sends the EJP notice between normal hours and the mobile peak', () => {
    const frames = hear('ejp', 1500)
    const phases = frames.map(frame => `${dataOf(frame, 'PEJP') ?? '-'} ${dataOf(frame, 'PTEC')}`)
    const withNotice = frames.find(frame => dataOf(frame, 'PEJP'))

    expect([...new Set(phases)]).toEqual(['- HN..', '30 HN..', '- PM..'])
    expect(labelsOf(withNotice).slice(3, 7)).toEqual(['EJPHN', 'EJPHPM', 'PEJP', 'PTEC'])
  })

  it('announces the colour of tomorrow at 20:00', () => {
    const frames = hear('tempo', 3, Date.UTC(2026, 10, 21, 18, 59, 57))

    expect(frames.map(frame => dataOf(frame, 'DEMAIN'))).toEqual([
      '----',
      '----',
      expect.stringMatching(/BLEU|BLAN|ROUG/),
    ])
  })

  it('says the colours in STGE, and the peak of a red day to come', () => {
    const evenings = Array.from({ length: 30 }, (_, day) => Date.UTC(2026, 11, 1 + day, 19, 30))
    const frames = evenings.flatMap(evening => hear('standard-tempo', 1, evening))
    const tomorrow = (stge: string | undefined) => (Number.parseInt(stge ?? '', 16) >>> 26) & 3
    const beforeRed = frames.filter(frame => tomorrow(dataOf(frame, 'STGE')) === 3)

    expect(new Set(frames.map(frame => tomorrow(dataOf(frame, 'STGE'))))).toEqual(new Set([1, 2, 3]))
    expect(beforeRed.length).toBeGreaterThan(0)
    for (const frame of beforeRed) {
      expect(labelsOf(frame)).toEqual(expect.arrayContaining(['DPM1', 'FPM1', 'PPOINTE']))
      expect(frame.groups.find(({ label }) => label === 'DPM1')?.horodate).toMatch(/^ \d{6}060000$/)
      expect((Number.parseInt(dataOf(frame, 'STGE') ?? '', 16) >>> 28) & 3).toBe(1)
      expect(dataOf(frame, 'NJOURF+1')).toBe('03')
    }
  })

  it('uses the first supplier index alone with one price', () => {
    const frame = hear('standard-base', 1)[0]
    const used = frame?.groups.filter(({ label, data }) => label.startsWith('EASF') && Number(data) > 0)

    expect(used?.map(({ label }) => label)).toEqual(['EASF01'])
    expect(dataOf(frame, 'NGTF')).toBe('      BASE      ')
  })
})

describe('standard', () => {
  it('has a register that agrees with the other groups', () => {
    for (const frame of hear('standard', 1, Date.UTC(2026, 10, 21, 22)).concat(hear('standard', 1))) {
      const stge = Number.parseInt(dataOf(frame, 'STGE') ?? '', 16)

      expect(((stge >>> 10) & 15) + 1).toBe(Number(dataOf(frame, 'NTARF')))
      expect(stge & 1).toBe(dataOf(frame, 'RELAIS') === '001' ? 0 : 1)
      expect((stge >>> 17) & 1).toBe(1)
    }
  })

  it('goes from summer to winter within a second', () => {
    const dates = hear('standard', 5, 1_792_889_998_000).map(
      frame => frame.groups.find(({ label }) => label === 'DATE')?.horodate,
    )

    expect(dates[0]).toBe('E261025025958')
    expect(dates.at(-1)).toMatch(/^H26102502000\d$/)
  })

  it('sends the ultra short message once', () => {
    expect(hear('standard', 50).filter(frame => labelsOf(frame).includes('MSG2'))).toHaveLength(1)
  })

  it('shows an overrun in the register', () => {
    const frames = hear('standard-overrun', 50)
    const isOver = (stge: string | undefined) => ((Number.parseInt(stge ?? '', 16) >>> 7) & 1) === 1

    expect(new Set(frames.map(frame => isOver(dataOf(frame, 'STGE'))))).toEqual(new Set([true, false]))
    for (const frame of frames)
      expect(isOver(dataOf(frame, 'STGE'))).toBe(Number(dataOf(frame, 'SINSTS')) > 6000)
  })

  it('injects with the sun and says so', () => {
    const [noon] = hear('producer', 1, Date.UTC(2026, 5, 10, 11, 30))
    const [night] = hear('producer', 1, Date.UTC(2026, 5, 10, 1, 0))

    expect(Number(dataOf(noon, 'SINSTI'))).toBeGreaterThan(0)
    expect(dataOf(noon, 'SINSTS')).toBe('00000')
    expect((Number.parseInt(dataOf(noon, 'STGE') ?? '', 16) >>> 8) & 3).toBe(3)
    expect(dataOf(night, 'SINSTI')).toBe('00000')
    expect((Number.parseInt(dataOf(night, 'STGE') ?? '', 16) >>> 8) & 3).toBe(1)
  })
})

describe('overrun on one phase', () => {
  const frames = hear('overrun', 60)
  const warned = frames.filter(frame => labelsOf(frame).includes('ADPS'))

  it('pushes ADPS in, then keeps it in its place, then drops it', () => {
    const places = frames.map(frame => labelsOf(frame).indexOf('ADPS'))
    const first = places.findIndex(place => place >= 0)
    const inPlace = labelsOf(frames[first + 1]).indexOf('IINST') + 1

    expect(first).toBeGreaterThan(0)
    expect(places[first]).not.toBe(inPlace)
    const after = places.slice(first + 1)
    const count = after.indexOf(-1)
    expect(count).toBeGreaterThan(10)
    expect(new Set(after.slice(0, count))).toEqual(new Set([inPlace]))
    expect(places.at(-1)).toBe(-1)
  })

  it('warns with the current', () => {
    for (const frame of warned) expect(Number(dataOf(frame, 'ADPS'))).toBeGreaterThan(30)
    for (const frame of warned.slice(1)) expect(dataOf(frame, 'ADPS')).toBe(dataOf(frame, 'IINST'))
  })
})

describe('overrun on three phases', () => {
  const frames = hear('overrun-three-phase', 150)
  const kinds = frames.map(frame =>
    frame.end === 'EOT' ? 'cut' : frame.groups.length > 8 ? 'long' : 'short',
  )
  const cut = kinds.indexOf('cut')

  it('cuts the long frame with EOT after a whole group', () => {
    expect(cut).toBeGreaterThan(0)
    expect(labelsOf(frames[cut])).toEqual(labelsOf(frames[0]).slice(0, frames[cut]?.groups.length))
  })

  it('sends 20 short frames and a long one in turns', () => {
    expect(kinds.slice(cut + 1, cut + 43)).toEqual([
      ...new Array(20).fill('short'),
      'long',
      ...new Array(20).fill('short'),
      'long',
    ])
  })

  it('has the warnings of the phases concerned before the address', () => {
    const shapes = new Set(
      frames.filter((_, place) => kinds[place] === 'short').map(frame => labelsOf(frame).join(' ')),
    )

    expect([...shapes]).toEqual([
      'ADIR1 ADCO IINST1 IINST2 IINST3',
      'ADIR1 ADIR3 ADCO IINST1 IINST2 IINST3',
      'ADCO IINST1 IINST2 IINST3',
    ])
    const twoWarnings = frames.find(frame => labelsOf(frame)[1] === 'ADIR3')
    expect(twoWarnings?.bytes).toBe(91)
  })

  it('goes on for a minute after the overrun and then sends long frames', () => {
    const lastWarned = frames.findLastIndex(frame => labelsOf(frame)[0] === 'ADIR1')
    const end = kinds.lastIndexOf('short')
    const quietMs = frames
      .slice(lastWarned + 1, end + 1)
      .reduce((ms, { bytes }) => ms + bytes * (1e4 / 1200) + 25, 0)

    expect(quietMs).toBeGreaterThan(58_000)
    expect(quietMs).toBeLessThan(61_000)
    expect(kinds.slice(end + 1).length).toBeGreaterThan(3)
    expect(new Set(kinds.slice(end + 1))).toEqual(new Set(['long']))
  })
})
