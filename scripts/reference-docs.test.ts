import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { FAMILIES } from '../src/core/families/index.ts'
import { drivers } from '../src/devices/index.ts'
import { deviceList, metricReference } from './reference-docs.ts'

const root = new URL('../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')

describe('the pages made from the code', () => {
  it.each([
    ['docs/devices.md', deviceList],
    ['docs/metrics.md', metricReference],
  ])('%s is the one that the code makes', async (path, make) => {
    expect(read(path), 'run: npm run generate').toBe(await make(drivers))
  })

  it('name families that exist', () => {
    const named = drivers.flatMap(({ fields }) =>
      fields.flatMap(({ family }) =>
        family ? family.split(/[^a-z_]+/).filter(word => word.startsWith('hearth_')) : [],
      ),
    )
    expect(named.filter(name => !(name in FAMILIES))).toEqual([])
  })

  it('link to a page of every device', () => {
    expect(drivers.filter(({ type }) => !existsSync(new URL(`src/devices/${type}/README.md`, root)))).toEqual(
      [],
    )
  })

  it('README lists every device by its page, and every drop-in', () => {
    const readme = read('README.md')
    const missing = drivers.flatMap(({ type, dropIn }) =>
      [`src/devices/${type}/README.md`, dropIn.name].filter(text => !readme.includes(text)),
    )
    expect(missing).toEqual([])
  })
})
