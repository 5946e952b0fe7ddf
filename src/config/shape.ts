import { z } from 'zod'
import { isRecord } from './record.ts'

/** What a schema says about the keys it knows: the source of help in messages. */
export interface Shape {
  /** Keys of the mapping at a path, sorted; empty when the schema does not list them. */
  keysAt(path: readonly string[]): readonly string[]
  /** What the value at a path is, in the words of the schema. */
  helpAt(path: readonly string[]): string | undefined
}

/** The shape of a schema, looked up in the JSON Schema that editors get. */
export function shapeOf(schema: z.ZodType): Shape {
  const root: unknown = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  const at = (path: readonly string[]): unknown =>
    path.reduce<unknown>((part, key) => {
      const properties = isRecord(part) ? part['properties'] : undefined
      return isRecord(properties) && Object.hasOwn(properties, key) ? properties[key] : undefined
    }, root)
  return {
    keysAt(path) {
      const part = at(path)
      const properties = isRecord(part) ? part['properties'] : undefined
      return isRecord(properties) ? Object.keys(properties).toSorted() : []
    },
    helpAt(path) {
      const part = at(path)
      const help = isRecord(part) ? part['description'] : undefined
      return typeof help === 'string' ? help : undefined
    },
  }
}
