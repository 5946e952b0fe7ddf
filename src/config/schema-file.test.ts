import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { drivers } from '../devices/index.ts'
import { jsonSchema } from './schema.ts'

it('the JSON Schema in the package is the one that the devices make', () => {
  const file = new URL('../../schema/hearth.schema.json', import.meta.url)

  expect(JSON.parse(readFileSync(file, 'utf8')), 'run: npm run generate').toEqual(jsonSchema(drivers))
})
