import { describe, expect, it } from 'vitest'
import { decoded } from './charset.ts'

const text = (body: Uint8Array, type?: string, isKnownUtf8 = false) => {
  const read = decoded(body, type, isKnownUtf8)
  return 'text' in read ? read.text : `damaged: ${read.damage}`
}
const latin1 = (page: string) => Buffer.from(page, 'latin1')

describe('the charset of a page', () => {
  it('is UTF-8 where nothing is said', () => {
    expect(text(Buffer.from('RÜCKLAUF 30,1°C'))).toBe('RÜCKLAUF 30,1°C')
  })

  it('is that of the header before that of the page', () => {
    expect(text(latin1('<meta charset="utf-8">30,1°C'), 'text/html; charset=ISO-8859-1')).toContain('30,1°C')
  })

  it('is that of the page where the header says none', () => {
    const page = '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1" />30,1°C'
    expect(text(latin1(page), 'text/html')).toContain('30,1°C')
    expect(text(Buffer.from([...Buffer.from('<meta charset=iso-8859-2>'), 0xb1]))).toContain('ą')
  })

  it('is Latin-1 for pages that claim UTF-8 and are not', () => {
    expect(text(latin1('RÜCKLAUF 30,1°C'), 'text/html; charset=utf-8')).toBe('RÜCKLAUF 30,1°C')
  })

  it('stays UTF-8 where a few bytes are damaged, and the page is none', () => {
    const page = Buffer.from('RÜCKLAUF 30,1°C AUSSEN -3,4°C')
    page[12] = 0xff
    expect(text(page, 'text/html; charset=utf-8')).toMatch(/^damaged/)
  })

  it('of a gateway that writes UTF-8 does not become Latin-1 by a damaged byte', () => {
    expect(text(latin1('30,1°C'), 'text/html', true)).toMatch(/^damaged/)
  })

  it('that nobody knows is UTF-8', () => {
    expect(text(Buffer.from('30,1°C'), 'text/html; charset=klingon')).toBe('30,1°C')
  })
})
