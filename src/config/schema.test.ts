import { describe, expect, it } from 'vitest'
import { fakeDrivers } from './fake-driver.test-helper.ts'
import { configSchema, jsonSchema } from './schema.ts'
import { shapeOf } from './shape.ts'

describe('the JSON Schema', () => {
  it('has every key of the file with its help and default', () => {
    expect(jsonSchema(fakeDrivers)).toMatchObject({
      title: 'hearth configuration',
      required: ['devices'],
      additionalProperties: false,
      properties: {
        listen: {
          type: 'string',
          default: '127.0.0.1:10790',
          description: expect.stringContaining('listener'),
        },
        data_dir: { type: 'string', default: './data' },
        site: { default: 'unknown' },
        privacy: { properties: { show_serials: { type: 'boolean', default: false } } },
        devices: { propertyNames: { pattern: '^[a-z0-9][a-z0-9-]*$' } },
      },
    })
  })

  it('tells devices apart by their type', () => {
    const entries = { properties: { devices: { additionalProperties: { oneOf: expect.any(Array) } } } }
    const schema = jsonSchema(fakeDrivers)

    expect(schema).toMatchObject(entries)
    expect(schema).toMatchObject({
      properties: {
        devices: {
          additionalProperties: {
            oneOf: fakeDrivers.map(({ type, title }) => ({
              title,
              additionalProperties: false,
              properties: { type: { const: type }, drop_in: { type: 'string' } },
              required: expect.arrayContaining(['type']),
            })),
          },
        },
      },
    })
  })

  it('offers the three ways to write a secret', () => {
    const text = JSON.stringify(jsonSchema(fakeDrivers))

    expect(text).toContain(
      JSON.stringify({
        oneOf: [
          { type: 'string' },
          {
            type: 'object',
            properties: { file: { type: 'string' } },
            required: ['file'],
            additionalProperties: false,
          },
          {
            type: 'object',
            properties: { env: { type: 'string' } },
            required: ['env'],
            additionalProperties: false,
          },
        ],
      }).slice(1, -1),
    )
  })

  it('asks only for the keys without a default', () => {
    const cloud = fakeDrivers.at(-1)
    expect(JSON.stringify(cloud ? jsonSchema([cloud]) : '')).toContain(
      '"required":["type","user","password"]',
    )
  })
})

it('the schema accepts what the loader accepts, as long as no secret is looked up', () => {
  const schema = configSchema(fakeDrivers)

  expect(schema.safeParse({ devices: { m: { type: 'linky', port: 'x', drop_in: ':1' } } }).success).toBe(true)
  expect(schema.safeParse({ devices: { M: { type: 'linky', port: 'x' } } }).success).toBe(false)
  expect(schema.safeParse({ devices: { m: { type: 'linky', prot: 'x' } } }).success).toBe(false)
})

it('the shape of a schema knows nothing of paths that lead nowhere', () => {
  const shape = shapeOf(configSchema(fakeDrivers))

  expect(shape.keysAt(['privacy'])).toEqual(['show_serials'])
  expect(shape.keysAt(['nowhere', 'toString'])).toEqual([])
  expect(shape.helpAt(['nowhere'])).toBeUndefined()
})
