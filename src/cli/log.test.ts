import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'

const PROGRAM = `
import { createLog } from ${JSON.stringify(new URL('./log.ts', import.meta.url).href)}
const log = await createLog({ level: 'info', format: 'plain' })
log.warn('a\\nb\\u001b[31m c\\u2028d', { why: 'x\\ny' })
`

describe('a line of the log', () => {
  it('is one line without control characters, whatever a device says', () => {
    const { stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', PROGRAM], {
      encoding: 'utf8',
      timeout: 20_000,
    })

    expect(stderr.replace(/^\S+ /, '')).toBe('warn  a b [31m c d why="x\\ny"\n')
  })
})
