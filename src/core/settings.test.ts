import { describe, expect, it } from 'vitest'
import { webAddress } from './settings.ts'

const schema = webAddress('Where it is.', 'http://servicewelt')

describe('a web address in the configuration', () => {
  it.each([
    ['http://servicewelt', 'http://servicewelt'],
    [' http://servicewelt/ ', 'http://servicewelt'],
    ['https://example.org/path/', 'https://example.org/path'],
    ['http://[fd00::1]:8080', 'http://[fd00::1]:8080'],
  ])('%s is %s', (text, address) => {
    expect(schema.parse(text)).toBe(address)
  })

  it.each([
    ['servicewelt', 'is no http address; write it as http://servicewelt'],
    ['ftp://x', 'is no http address; write it as http://servicewelt'],
    ['http://', 'is no http address; write it as http://servicewelt'],
    ['http://x/?s=1,0', 'holds a query; write it as http://servicewelt'],
    [
      'http://me:hush@x',
      'holds a user or password; write it as http://servicewelt, and set them by their own keys',
    ],
  ])('%s is refused', (text, message) => {
    const result = schema.safeParse(text)
    expect(result.error?.issues.map(issue => issue.message)).toEqual([message])
    expect(result.error?.issues[0]?.message).not.toContain('hush')
  })
})
