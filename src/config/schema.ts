import { z } from 'zod'
import type { Driver } from '../core/driver.ts'
import { HearthError } from '../core/errors.ts'
import { DEVICE_NAME } from './device-name.ts'
import { fileSettings } from './file-settings.ts'
import { settingsKit } from './secrets.ts'

/** The schema of the whole file. It describes; `loadConfig` validates part by part, to tell line and column. */
export function configSchema(drivers: readonly Driver[]): z.ZodType {
  const kit = settingsKit({
    env: {},
    configPath: '',
    readFile() {
      throw new HearthError('HEARTH_CONFIG_SCHEMA', 'the schema only describes, it reads no secrets')
    },
  })
  const entry = z.xor(drivers.map(driver => driver.schema(kit).meta({ title: driver.title })))
  return fileSettings.extend({
    devices: z
      .record(z.string().regex(DEVICE_NAME), entry)
      .describe('The devices by name; the name is the label device of every metric.'),
  })
}

/** The JSON Schema of the configuration file, with which editors complete and check it. */
export function jsonSchema(drivers: readonly Driver[]): Readonly<Record<string, unknown>> {
  const schema = z.toJSONSchema(configSchema(drivers), {
    io: 'input',
    // The draft that YAML language servers know best.
    target: 'draft-7',
    unrepresentable: 'any',
    override({ jsonSchema: part }) {
      // Editors show it to people, to whom these bounds of JavaScript numbers mean nothing.
      if (part.minimum === Number.MIN_SAFE_INTEGER) delete part.minimum
      if (part.maximum === Number.MAX_SAFE_INTEGER) delete part.maximum
    },
  })
  const { $schema, ...rest } = schema
  return {
    $schema,
    title: 'hearth configuration',
    description: 'What hearth reads and where it listens (hearth.yml).',
    ...rest,
  }
}
