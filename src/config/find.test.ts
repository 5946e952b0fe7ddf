import { describe, expect, it } from 'vitest'
import { HearthError } from '../core/errors.ts'
import { findConfig } from './find.ts'

const all = () => true

function refusal(run: () => unknown): HearthError {
  try {
    run()
  } catch (error) {
    if (error instanceof HearthError) return error
  }
  throw new Error('nothing was refused')
}

describe('the configuration file is', () => {
  it.each([
    ['the flag before anything else', 'a.yml', { HEARTH_CONFIG: 'b.yml' }, all, 'a.yml'],
    ['the variable without a flag', undefined, { HEARTH_CONFIG: 'b.yml' }, all, 'b.yml'],
    ['the one in this folder', undefined, {}, all, './hearth.yml'],
    [
      'the one in this folder when the variable is empty',
      undefined,
      { HEARTH_CONFIG: '' },
      all,
      './hearth.yml',
    ],
    [
      'the one of the machine',
      undefined,
      {},
      (path: string) => path === '/etc/hearth/hearth.yml',
      '/etc/hearth/hearth.yml',
    ],
  ])('%s', (_, flag, env, exists, expected) => {
    expect(findConfig(flag, env, exists)).toBe(expected)
  })
})

describe('without a configuration', () => {
  it('says where it looked and how to go on', () => {
    const error = refusal(() => findConfig(undefined, {}, () => false))

    expect(error.code).toBe('HEARTH_CONFIG_MISSING')
    expect(error.message).toBe(
      'there is no configuration: --config and $HEARTH_CONFIG are not set, and neither ./hearth.yml nor /etc/hearth/hearth.yml exists',
    )
    expect(error.hint).toContain('hearth demo')
  })

  it.each([
    ['flag', 'a.yml', {}, '--config names "a.yml", but there is no such file'],
    ['empty flag', '', {}, '--config names "", but there is no such file'],
    [
      'variable',
      undefined,
      { HEARTH_CONFIG: 'b.yml' },
      '$HEARTH_CONFIG names "b.yml", but there is no such file',
    ],
  ])('a %s that names nothing is not replaced by a usual place', (_, flag, env, words) => {
    const exists = (path: string) => path === './hearth.yml'

    expect(refusal(() => findConfig(flag, env, exists)).message).toBe(words)
  })
})
