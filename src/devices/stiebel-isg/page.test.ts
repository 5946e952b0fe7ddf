import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OWN_LOGIN, type OwnRow, ownPage } from './own-gateway.test-helper.ts'
import { parsePage } from './page.ts'

const PAGE = ownPage({
  HEIZEN: [
    ['VORLAUFTEMP.', '34,6°C'],
    ['RÜCKLAUFTEMP.', ' 30,1&deg;C '],
  ],
  LEER: [],
  STATUS: [['HEIZKREISPUMPE', null]],
})
const rows = (html: string) => {
  const page = parsePage(html)
  return page.kind === 'values' ? page.sections.map(({ heading, rows: all }) => [heading, all]) : page.kind
}

describe('a page', () => {
  it('is tables of headings, keys and values, entities and pictures included', () => {
    expect(rows(PAGE)).toEqual([
      [
        'HEIZEN',
        [
          { key: 'VORLAUFTEMP.', value: '34,6°C' },
          { key: 'RÜCKLAUFTEMP.', value: ' 30,1°C ' },
        ],
      ],
      ['LEER', []],
      ['STATUS', [{ key: 'HEIZKREISPUMPE', value: '', picture: './pics/ste-symbol_an-97b765.png' }]],
    ])
  })

  it('says what gateway it is', () => {
    expect(parsePage(PAGE)).toMatchObject({
      about: { title: 'STIEBEL ELTRON Reglersteuerung', language: 'DEUTSCH', firmware: 'v12.1.1' },
    })
  })

  it('has values in its own form only, not in comments and scripts', () => {
    const extra =
      '<script>"<table class=\'info\'>"</script><!-- <table class="info"><tr class="even"><td class="key">A</td><td class="value">1</td></tr></table> -->' +
      '<table class="info"><tr class="even"><td class="key">B</td><td class="value">2</td></tr></table>'
    expect(rows(PAGE.replace('<form', `${extra}<form`))).toEqual(rows(PAGE))
  })

  it('with a password field is the login form', () => {
    expect(parsePage(OWN_LOGIN)).toEqual({ kind: 'login' })
  })

  it('with more rows than anybody reads is not taken for a whole one', () => {
    const many = Array.from({ length: 2_001 }, (_, i): OwnRow => [`K${i}`, null])

    expect(parsePage(ownPage({ A: many.slice(1) })).kind).toBe('values')
    expect(parsePage(ownPage({ A: many }))).toEqual({ kind: 'damaged', what: 'it has rows without end' })
  })

  it('without the form of values is another one', () => {
    expect(parsePage('<html><body>Start</body></html>')).toEqual({ kind: 'other', about: {} })
  })

  it('keeps keys apart whose rows have no value cell', () => {
    const html = PAGE.replace('<td class="value round-rightbottom">34,6°C</td>', '')
    expect(rows(html)).toMatchObject([
      ['HEIZEN', [{ key: 'RÜCKLAUFTEMP.' }]],
      ['LEER', []],
      ['STATUS', [{}]],
    ])
  })
})

describe('a cut page', () => {
  it('is nothing, wherever it is cut', () => {
    for (let end = 0; end < PAGE.trimEnd().length; end++) {
      expect(parsePage(PAGE.slice(0, end)).kind, `cut after ${end}`).toBe('damaged')
    }
  })

  it('is nothing even where something puts its end back', () => {
    const formEnd = PAGE.indexOf('</form>')
    for (let end = PAGE.indexOf('<table') + 1; end < formEnd; end++) {
      expect(parsePage(`${PAGE.slice(0, end)}</html>`).kind, `cut after ${end}`).toBe('damaged')
    }
  })

  it('within a table is nothing even where the form is closed', () => {
    const tables = [...PAGE.matchAll(/<table[\s\S]*?<\/table>/g)]
    for (const { index, 0: text } of tables) {
      for (let end = index + '<table class="info">'.length; end < index + text.length; end++) {
        expect(parsePage(`${PAGE.slice(0, end)}</div></form></html>`).kind, `cut after ${end}`).toBe(
          'damaged',
        )
      }
    }
  })
})

describe('any text', () => {
  it('is some page, and never an exception', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '<table class="info">',
        '</table>',
        '<tr class="even">',
        '<td class="key">',
        '<td class="value">',
        '</td>',
        '</tr>',
        '<form id="werte">',
        '</form>',
        '</html>',
        '<!--',
        '<script>',
        '&#0;',
        '&amp',
        '<input name=pass>',
        '<th class="round-top">',
      ),
    )
    fc.assert(
      fc.property(fc.array(piece), pieces => {
        expect(['values', 'other', 'login', 'damaged']).toContain(parsePage(pieces.join('')).kind)
      }),
      { numRuns: 500 },
    )
  })

  it('in keys and values comes back as it was', () => {
    const cell = fc.string({ unit: fc.constantFrom(...'ABÄß 1,-°()é½ÿ'), minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 6 }), pairs => {
        const all: OwnRow[] = pairs
        expect(rows(ownPage({ H: all }))).toEqual([['H', pairs.map(([key, value]) => ({ key, value }))]])
      }),
      { numRuns: 200 },
    )
  })

  it('without an end is not kept', () => {
    expect(parsePage(ownPage({ H: [['K', 'x'.repeat(100_000)]] })).kind).toBe('damaged')
  })
})
