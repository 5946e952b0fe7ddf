/** A number in the characters the firmware prints: `24.0` stays `24.0`. */
export interface Digits {
  readonly digits: string
}

/** An object in the order of its firmware: a JavaScript object would put keys of digits first. */
export interface JsonObject {
  readonly members: readonly (readonly [key: string, value: Json | undefined])[]
}

export type Json = string | number | boolean | null | Digits | JsonObject | readonly Json[]

export function digits(text: string): Digits {
  return { digits: text }
}

/** Entries whose value is undefined are left out. */
export function object(members: JsonObject['members']): JsonObject {
  return { members }
}

export function isObject(json: Json | undefined): json is JsonObject {
  return typeof json === 'object' && json !== null && 'members' in json
}

export function isDigits(json: Json | undefined): json is Digits {
  return typeof json === 'object' && json !== null && 'digits' in json
}

/** The text, without blanks. */
export function write(json: Json): string {
  if (isDigits(json)) return json.digits
  if (isObject(json)) {
    const texts = json.members.flatMap(([key, value]) =>
      value === undefined ? [] : [`${JSON.stringify(key)}:${write(value)}`],
    )
    return `{${texts.join(',')}}`
  }
  if (typeof json === 'object' && json !== null) return `[${json.map(write).join(',')}]`
  return JSON.stringify(json)
}
