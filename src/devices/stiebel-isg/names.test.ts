import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { labelOf, metricPart, placeOf, readingKey } from './names.ts'

describe('the label of a key', () => {
  it.each([
    ['VORLAUFTEMP.', 'vorlauftemp'],
    ['RÜCKLAUFTEMP.', 'ruecklauftemp'],
    ['WW-ISTTEMP.', 'ww_isttemp'],
    ['NHZ 1/2', 'nhz_1_2'],
    ['M*1E6', 'm1e6'],
    ['AKT. MODE EVE', 'akt_mode_eve'],
    ['ANVEND.GRÆNSE', 'anvendgrænse'],
    ['SET SUPERHEATING, SUCTION GAS, COMPRESSO.', 'set_superheating_suction_gas_compresso'],
    ['ULKOLÄMPÖTILA', 'ulkolaempoetila'],
    ['  FAN SPEED (MAX.) ', 'fan_speed_max'],
    ['A  B', 'a__b'],
    ['İSTASYON', 'istasyon'],
  ])('%s is %s', (key, label) => {
    expect(labelOf(key)).toBe(label)
  })
})

describe('the metric name of a label', () => {
  it.each([
    ['TEMPÉRATURE DE CONSIGNE', 'temp_rature_de_consigne'],
    ['PUISS. ABSORBÉE INVERTER', 'puiss_absorb_e_inverter'],
    ['KÜLSÕ HÕMÉRSÉKLET', 'kuels__h_m_rs_klet'],
    ['FAST VÆRDI DRIFT', 'fast_v_rdi_drift'],
    ['50% CHARGE', '50__charge'],
    ['RENDEMENT + APPOINT', 'rendement___appoint'],
    ['GROESSE ß', 'groesse__'],
    ['COP : JOUR', 'cop_:_jour'],
    ['STICH\u00a0WORT', 'stich_wort'],
    ['𝒯 1', '__1'],
  ])('of %s is %s', (key, name) => {
    expect(metricPart(labelOf(key))).toBe(name)
  })

  it.each(['', '()', '. , *', '???', 'É', '_ _'])('of %j is none', key => {
    expect(metricPart(labelOf(key))).toBeUndefined()
  })

  it('is legal for any key there can be', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), key => {
        const name = metricPart(labelOf(key))
        if (name !== undefined) expect(`isg_${name}`).toMatch(/^[a-zA-Z_:][a-zA-Z0-9_:]*$/)
      }),
    )
  })
})

describe('the key of a reading', () => {
  it('says page, heading and label, and can be read back', () => {
    const place = { page: '2,0', section: 'betriebsstatus', label: 'heizen', isFlag: true }
    expect(readingKey(place)).toBe('2,0/betriebsstatus/flag_heizen')
    expect(placeOf(readingKey(place))).toEqual(place)
  })
})
