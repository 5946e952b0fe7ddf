// Writes the JSON Schema of the configuration file. Run it after a change to a device's settings.
import { writeFileSync } from 'node:fs'
import { jsonSchema } from '../src/config/schema.ts'
import { drivers } from '../src/devices/index.ts'

const target = new URL('../schema/hearth.schema.json', import.meta.url)
writeFileSync(target, `${JSON.stringify(jsonSchema(drivers), null, 2)}\n`)
