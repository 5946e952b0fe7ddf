import { isObject, type JsonObject } from './json.ts'
import { circuitOf, circuitOfOld } from './words.ts'

/** One value of a `/values` document: no unit, no list, no type. */
export interface BareValue {
  readonly name: string
  readonly circuit: string
  readonly value: string | number | boolean
}

const OLD_HOT_WATER = /^ww(?=[a-z0-9])/

/**
 * The values of a `/values` document, circuits opened. Values that are none (`null`, the empty text of a command) and
 * what is no value at all are left out.
 *
 * Firmware 3.4 to 3.6 writes hot water as `wwseltemp` and circuits `wwc1`; with `isOld` they get today's names.
 */
export function readValues(document: JsonObject, isOld: boolean): readonly BareValue[] {
  const values: BareValue[] = []
  for (const [key, value] of Object.entries(document)) {
    if (!isObject(value)) {
      const name = key.toLowerCase()
      const isHotWater = isOld && OLD_HOT_WATER.test(name)
      add(values, isHotWater ? name.replace(OLD_HOT_WATER, '') : name, isHotWater ? 'dhw' : '', value)
      continue
    }
    const word = key.toLowerCase()
    const circuit = circuitOf(word) ?? circuitOfOld(word)
    if (circuit === undefined) continue
    for (const [name, inner] of Object.entries(value)) {
      const lower = name.toLowerCase()
      add(
        values,
        isOld && circuit.startsWith('dhw') ? lower.replace(OLD_HOT_WATER, '') : lower,
        circuit,
        inner,
      )
    }
  }
  return values
}

function add(values: BareValue[], name: string, circuit: string, value: unknown): void {
  if (!/^[a-z0-9_]+$/.test(name) || value === '') return
  if (typeof value === 'string' || typeof value === 'boolean') values.push({ name, circuit, value })
  if (typeof value === 'number' && Number.isFinite(value)) values.push({ name, circuit, value })
}

/** The circuits of a document, `dhw1` as `dhw`. */
export function circuitsIn(document: JsonObject): readonly string[] {
  return Object.entries(document).flatMap(([key, value]) => {
    const circuit = isObject(value) ? circuitOf(key.toLowerCase()) : undefined
    return circuit === undefined || !isObject(value) || Object.keys(value).length === 0 ? [] : [circuit]
  })
}
