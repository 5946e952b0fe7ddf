import { describe, expect, it } from 'vitest'
import { parseHorodate } from './horodate.ts'

describe('parseHorodate', () => {
  it.each([
    ['H081225223518', '2008-12-25T22:35:18+01:00'],
    ['E230712084949', '2023-07-12T08:49:49+02:00'],
    ['h081225223518', '2008-12-25T22:35:18+01:00'],
    ['H240229120000', '2024-02-29T12:00:00+01:00'],
    [' 260701060000', '2026-07-01T06:00:00+02:00'],
    [' 261201060000', '2026-12-01T06:00:00+01:00'],
    [' 260329030000', '2026-03-29T03:00:00+02:00'],
    [' 260329015959', '2026-03-29T01:59:59+01:00'],
    [' 261025030000', '2026-10-25T03:00:00+01:00'],
  ])('reads %s as %s', (text, iso) => {
    expect(parseHorodate(text)?.iso).toBe(iso)
    expect(parseHorodate(text)?.at).toBe(Date.parse(iso))
  })

  it('tells the two hours of an autumn night apart by the letter', () => {
    expect(parseHorodate('E261025025959')?.at).toBe(1_792_889_999_000)
    expect(parseHorodate('H261025020000')?.at).toBe(1_792_890_000_000)
  })

  it('knows a clock that was not set again', () => {
    expect(parseHorodate('e230712084949')?.isClockDegraded).toBe(true)
    expect(parseHorodate('E230712084949')?.isClockDegraded).toBe(false)
  })

  it.each([
    '',
    'H0812252235',
    'X081225223518',
    'H081325223518',
    'H230229120000',
    'H081225243518',
    'H08122522351a',
  ])('refuses %j', text => {
    expect(parseHorodate(text)).toBeUndefined()
  })
})
