import { describe, expect, it } from 'vitest'
import { settingsKit } from '../../config/secrets.ts'
import { testUse } from '../../testing/use.ts'
import { kronotermCloud } from './index.ts'

const kit = settingsKit({ env: { PW: 'secret' }, configPath: '/hearth.yml', readFile: () => '' })
const ACCOUNT = { type: 'kronoterm-cloud', user: 'me@example.org', password: { env: 'PW' } }

function deviceOf(more: Record<string, unknown> = {}) {
  const configured = kronotermCloud.configure({ ...ACCOUNT, ...more }, kit)
  if (!configured.isValid) throw new Error(configured.issues.map(({ message }) => message).join('; '))
  return configured.device
}

describe('the settings', () => {
  it('need an account and nothing else', () => {
    const device = deviceOf()
    expect([device.place, device.intervalMs, device.staleAfterMs]).toEqual([
      'https://cloud.kronoterm.com',
      30_000,
      90_000,
    ])
    expect(kronotermCloud.configure({ type: 'kronoterm-cloud' }, kit).isValid).toBe(false)
  })

  it('raise an interval that is too short', () => {
    const device = deviceOf({ interval: '1s' })
    expect([device.intervalMs, device.staleAfterMs]).toEqual([10_000, 30_000])
  })

  it.each([
    [{ timezone: 'Ljubljana' }, 'is no time zone'],
    [{ base_url: 'cloud' }, 'is no http address'],
    [{ base_url: 'https://me:secret@cloud.test' }, 'user or password'],
    [{ circuits: { loop_1: { controls: 'both' } } }, 'flow'],
    [{ circuits: { loop_9: {} } }, 'loop_9'],
    [{ user: '' }, 'Too small'],
  ])('refuse %j', (settings, words) => {
    expect(() => deviceOf(settings)).toThrow(words)
  })

  it('tell two accounts of one cloud apart, without saying whose they are', () => {
    const mine = deviceOf()
    const other = deviceOf({ user: 'you@example.org' })
    expect(mine.place).toBe(other.place)
    expect(mine.account).not.toBe(other.account)
    expect(mine.account).toBe(deviceOf().account)
    expect(mine.account).not.toContain('example')
  })
})

it('asks for one client with a deadline of ten seconds', async () => {
  const wanted: unknown[] = []
  const feed = deviceOf().feed(
    testUse({
      http: options => {
        wanted.push(options)
        return { ask: () => Promise.reject(new Error('not now')), close: () => wanted.push('closed') }
      },
    }),
  )
  if (feed.kind === 'poll') await feed.close?.()
  expect(wanted).toEqual([{ deadlineMs: 10_000, keepAlive: true, mostBytes: 1024 * 1024 }, 'closed'])
})
