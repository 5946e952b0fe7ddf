// Writes what is made from the code: the JSON Schema of the configuration file and the reference pages.
// Run it (npm run generate) after a change to a device's settings, fields or scenarios, or to the families.
import { writeFileSync } from 'node:fs'
import { jsonSchema } from '../src/config/schema.ts'
import { drivers } from '../src/devices/index.ts'
import { deviceList, metricReference } from './reference-docs.ts'

const write = (path: string, text: string) => writeFileSync(new URL(`../${path}`, import.meta.url), text)

write('schema/hearth.schema.json', `${JSON.stringify(jsonSchema(drivers), null, 2)}\n`)
write('docs/devices.md', await deviceList(drivers))
write('docs/metrics.md', metricReference(drivers))
