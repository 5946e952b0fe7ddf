/** What a table has under a word from outside. Never what JavaScript gives every object: a gateway may say `constructor`. */
export function inTable<T>(table: Readonly<Record<string, T>>, word: string): T | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined
}
