import { describe, expect, it } from 'vitest'
import { BASE_ROWS, changed, frame, recordingSlot } from './frames.test-helper.ts'
import { createIntake } from './intake.ts'
import type { Frame } from './protocol.ts'

function start() {
  const recording = recordingSlot()
  const intake = createIntake()
  let atMs = 0
  return {
    ...recording,
    take(each: Frame, afterMs = 1_500) {
      atMs += afterMs
      intake.frame(each, atMs, afterMs, recording.report)
    },
    value: (key: string) => recording.slot.view().readings.get(key)?.value,
    keys: () => [...recording.slot.view().readings.keys()],
  }
}

const THREE_PHASE = changed(BASE_ROWS, {
  IINST: null,
  IMAX: null,
  IINST1: '010',
  IINST2: '011',
  IINST3: '012',
  PMAX: '05000',
  PPOT: '00',
})
const SHORT = [
  ['ADCO', '041476203915'],
  ['IINST1', '040'],
  ['IINST2', '008'],
  ['IINST3', '009'],
] as const

describe('intake', () => {
  it('gives the readings of a complete frame and calls the attempt a success', () => {
    const { take, value, attempts, troubles } = start()
    take(frame('historique', BASE_ROWS))
    expect([value('BASE'), value('PAPP'), value('ADCO')]).toEqual([8_412_377, 930, '041476203915'])
    expect(attempts).toEqual([true])
    expect(troubles).toEqual([])
  })

  it('loses a damaged group alone and keeps what it said before', () => {
    const { take, value, attempts, troubles } = start()
    take(frame('historique', BASE_ROWS))
    take(
      frame('historique', changed(BASE_ROWS, { PAPP: null, IINST: '005' }), {
        damaged: { checksum: 1, framing: 0 },
      }),
    )
    expect([value('PAPP'), value('IINST')]).toEqual([930, 5])
    expect(attempts).toEqual([true, true])
    expect(troubles).toEqual(['checksum x1: group with a wrong checksum dropped'])
  })

  it('forgets an overrun warning at the next good frame without one', () => {
    const { take, keys } = start()
    take(frame('historique', changed(BASE_ROWS, { ADPS: '046' })))
    expect(keys()).toContain('ADPS')
    take(frame('historique', BASE_ROWS))
    expect(keys()).not.toContain('ADPS')
  })

  it('does not forget it for a damaged frame, where it may have been the group that was lost', () => {
    const { take, keys } = start()
    take(frame('historique', changed(BASE_ROWS, { ADPS: '046' })))
    take(frame('historique', BASE_ROWS, { damaged: { checksum: 1, framing: 0 } }))
    expect(keys()).toContain('ADPS')
  })

  it('keeps the long values while a three-phase meter sends short frames', () => {
    const { take, value, keys } = start()
    take(frame('historique', THREE_PHASE))
    take(frame('historique', [['ADIR1', '040'], ...SHORT]))
    expect([value('PAPP'), value('BASE'), value('IINST1'), value('ADIR1')]).toEqual([930, 8_412_377, 40, 40])
    take(frame('historique', THREE_PHASE))
    expect(keys()).toContain('ADIR1')
    take(frame('historique', SHORT))
    expect(keys()).not.toContain('ADIR1')
  })

  it('takes the good groups of a frame that EOT cut, and counts neither success nor failure', () => {
    const { take, value, attempts, troubles } = start()
    take(frame('historique', BASE_ROWS))
    take(frame('historique', changed(BASE_ROWS, { IINST: '007' }).slice(0, 7), { end: 'cut' }))
    expect([value('IINST'), value('PAPP')]).toEqual([7, 930])
    expect(attempts).toEqual([true])
    expect(troubles).toEqual([])
  })

  it('calls a frame without its end a failure', () => {
    const { take, attempts, troubles } = start()
    take(frame('historique', BASE_ROWS.slice(0, 3), { end: 'broken' }))
    expect(attempts).toEqual([false])
    expect(troubles).toEqual(['framing x1: frame broken off before its end'])
  })

  it.each([
    ['that EOT cut after its first group', { end: 'cut' }, []],
    [
      'of which damage left the address alone',
      { damaged: { checksum: 9, framing: 0 } },
      ['checksum x9: group with a wrong checksum dropped'],
    ],
  ] as const)('does not take a frame %s for standby', (_what, over, expected) => {
    const { take, troubles } = start()
    take(frame('historique', BASE_ROWS))
    take(frame('historique', [['ADCO', '041476203915']], over))
    expect(troubles).toEqual(expected)
  })

  it('says that a meter in standby sends no readings, and keeps the last ones', () => {
    const { take, value, attempts, troubles } = start()
    take(frame('historique', BASE_ROWS))
    take(frame('historique', [['ADCO', '041476203915']]))
    expect(value('PAPP')).toBe(930)
    expect(attempts).toEqual([true, false])
    expect(troubles[0]).toMatch(/standby/)
  })

  it('says so before the mode is known as well: one group is too little to find it', () => {
    const { take, troubles } = start()
    take({ ...frame('historique', [['ADCO', '041476203915']]), mode: undefined })
    expect(troubles[0]).toMatch(/standby/)
  })

  it('drops an index that cannot follow, and counts it as implausible', () => {
    const { take, value, troubles } = start()
    take(frame('historique', BASE_ROWS))
    take(frame('historique', changed(BASE_ROWS, { BASE: '908412377' })))
    expect(value('BASE')).toBe(8_412_377)
    expect(troubles).toEqual(['implausible x1: BASE: index 908412377 does not follow from the one before'])
  })

  it('accepts an exchanged meter after three refused frames that agree', () => {
    const { take, value } = start()
    take(frame('historique', BASE_ROWS))
    for (let i = 0; i < 4; i++) take(frame('historique', changed(BASE_ROWS, { BASE: '000000012' })))
    expect(value('BASE')).toBe(12)
  })

  it('never takes the number of the running tariff without its name', () => {
    const { take, value } = start()
    const rows = [
      ['ADSC', '041476203915'],
      ['NGTF', 'H PLEINE-CREUSE '],
      ['LTARF', ' HEURE  CREUSE  '],
      ['EASF01', '000001000'],
      ['NTARF', '01'],
    ] as const
    take(frame('standard', rows))
    take(
      frame('standard', changed(rows, { LTARF: null, NTARF: '02' }), {
        damaged: { checksum: 1, framing: 0 },
      }),
    )
    expect([value('NTARF'), value('LTARF')]).toEqual([1, 'HEURE  CREUSE'])
  })

  it('takes nothing while the mode is not known', () => {
    const { take, keys, attempts } = start()
    take({ ...frame('historique', BASE_ROWS), mode: undefined })
    expect(keys()).toEqual([])
    expect(attempts).toEqual([])
  })
})
