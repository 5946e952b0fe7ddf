/** What JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

export type JsonObject = { readonly [key: string]: Json }

/** True for `{...}`. */
export function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A copy in which `change` has had its say about every leaf (neither object nor list); `key` is the name it stands under. */
export function withLeaves(value: Json, change: (leaf: Json, key: string) => Json, key = ''): Json {
  if (Array.isArray(value)) return value.map((each: Json) => withLeaves(each, change, key))
  if (!isObject(value)) return change(value, key)
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, withLeaves(each, change, name)]),
  )
}

/** A copy without the keys of these names, at any depth. */
export function withoutKeys(value: Json, names: ReadonlySet<string>): Json {
  if (Array.isArray(value)) return value.map((each: Json) => withoutKeys(each, names))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !names.has(name))
      .map(([name, each]) => [name, withoutKeys(each, names)]),
  )
}
