import { type Document, isAlias, isMap, isScalar, isSeq, type Pair, parseDocument, visit } from 'yaml'
import { type Finding, type Place, placesOf, quoted } from './problem.ts'
import { ALIAS_WORDS, syntaxWords } from './yaml-words.ts'

/** A value of the file with its place; a mapping keeps the place of every key. */
export interface Tree {
  readonly value: unknown
  readonly offset: number
  /** Keys of a mapping or indexes of a list. */
  readonly children: ReadonlyMap<string, Branch>
}

/** A key and its value. */
export interface Branch {
  readonly keyOffset: number
  /** What YAML makes of the key: a word such as `null` or `12` is not text unless quoted. */
  readonly keyValue: unknown
  readonly isKeyQuoted: boolean
  readonly tree: Tree
}

/** What a text holds; without a root, the findings tell why. */
export interface ReadYaml {
  readonly root: Tree | undefined
  readonly findings: readonly Finding[]
}

const LONGEST_TEXT = 1_000_000
const MOST_ALIASES = 100
const MOST_NODES = 20_000
const DEEPEST = 20

/** Reads YAML 1.2 into a tree with places. Never throws; stops at syntax errors, which make the rest meaningless. */
export function readYaml(text: string): ReadYaml {
  if (text.length > LONGEST_TEXT) return failed(0, 'the file is larger than 1 MB; this is no configuration')
  let document: Document.Parsed
  try {
    // `prettyErrors` would quote the file; the schema is fixed so that a %YAML directive cannot change meanings.
    document = parseDocument(text, {
      prettyErrors: false,
      uniqueKeys: false,
      schema: 'core',
    })
  } catch {
    // The parser recurses: a text of a hundred thousand brackets ends its stack.
    return failed(0, 'nested too deeply')
  }
  if (document.errors.length + document.warnings.length > 0)
    return { root: undefined, findings: syntaxFindings(document, placesOf(text)) }
  const grower = new Grower(document, placesOf(text))
  const root = document.contents ? grower.grow(document.contents, 0, []) : emptyTree(0)
  return { root: grower.isBroken ? undefined : root, findings: grower.findings }
}

function failed(offset: number, message: string): ReadYaml {
  return { root: undefined, findings: [{ offset, message }] }
}

// One slip makes the parser stumble several times over the rest of the line.
function syntaxFindings(document: Document.Parsed, placeOf: (offset: number) => Place): readonly Finding[] {
  const errors = [...document.errors, ...document.warnings].toSorted((a, b) => a.pos[0] - b.pos[0])
  const byLine = new Map<number, Finding>()
  for (const { code, message, pos } of errors) {
    const isOpenQuote = message.startsWith('Missing closing')
    const offset = isOpenQuote ? openingQuote(document, pos[0]) : pos[0]
    const { line } = placeOf(offset)
    if (!byLine.has(line)) byLine.set(line, { offset, message: syntaxWords(code, message) })
    // It swallows the rest of the file, so what else is missing there means nothing.
    if (isOpenQuote) break
  }
  return [...byLine.values()]
}

// The parser notices at the end of the file; the quote to look at is where the text begins.
function openingQuote(document: Document.Parsed, end: number): number {
  let opening = end
  visit(document, {
    Scalar(_, { type, range }) {
      const isQuoted = type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE'
      if (isQuoted && range && range[0] < end && end <= range[2]) opening = range[0]
    },
  })
  return opening
}

function emptyTree(offset: number): Tree {
  return { value: null, offset, children: new Map() }
}

/** Turns the parser's nodes into a tree, within limits on aliases, depth and size. */
class Grower {
  readonly findings: Finding[] = []
  isBroken = false
  #aliases = 0
  #nodes = 0
  readonly #open = new Set<unknown>()
  readonly #document: Document.Parsed
  readonly #placeOf: (offset: number) => Place

  constructor(document: Document.Parsed, placeOf: (offset: number) => Place) {
    this.#document = document
    this.#placeOf = placeOf
  }

  grow(node: unknown, fallbackOffset: number, path: readonly string[]): Tree {
    const offset = startOf(node) ?? fallbackOffset
    this.#nodes += 1
    if (this.isBroken) return emptyTree(offset)
    if (this.#nodes > MOST_NODES || path.length > DEEPEST) {
      return this.#stop(offset, 'too much is nested or repeated here for a configuration')
    }
    if (isAlias(node)) return this.#growAlias(node, offset, path)
    if (isScalar(node)) return { value: node.value, offset, children: new Map() }
    if (!isMap(node) && !isSeq(node)) return emptyTree(offset)
    this.#open.add(node)
    const tree = isMap(node)
      ? this.#growMap(node.items, node.flow === true, offset, path)
      : this.#growList(node.items, offset, path)
    this.#open.delete(node)
    return tree
  }

  #growAlias(node: { resolve(document: Document): unknown }, offset: number, path: readonly string[]): Tree {
    this.#aliases += 1
    if (this.#aliases > MOST_ALIASES) return this.#stop(offset, `more than ${MOST_ALIASES} aliases`)
    const target = node.resolve(this.#document)
    if (target === undefined) return this.#stop(offset, ALIAS_WORDS)
    if (this.#open.has(target)) return this.#stop(offset, 'this alias contains itself')
    return this.grow(target, offset, path)
  }

  #growMap(items: readonly Pair[], isFlow: boolean, offset: number, path: readonly string[]): Tree {
    const children = new Map<string, Branch>()
    for (const { key, value } of items) {
      const keyOffset = startOf(key) ?? offset
      if (!isScalar(key)) {
        this.findings.push({ offset: keyOffset, message: 'a key must be a plain word' })
        continue
      }
      if (isFlow && value === null) {
        // The word may be the tail of an unquoted password with a comma in it, so it is not shown.
        this.findings.push({
          offset: keyOffset,
          message: 'this has no ": value"; put a text that contains a comma in quotes',
        })
        continue
      }
      const name = key.source ?? String(key.value)
      const known = children.get(name)
      if (known) {
        const line = this.#placeOf(known.keyOffset).line
        this.findings.push({ offset: keyOffset, message: duplicateWords(name, path, line) })
        continue
      }
      const tree = this.grow(value, keyOffset, [...path, name])
      const isKeyQuoted = key.type === 'QUOTE_DOUBLE' || key.type === 'QUOTE_SINGLE'
      children.set(name, { keyOffset, keyValue: key.value, isKeyQuoted, tree })
    }
    const value = Object.fromEntries([...children].map(([name, { tree }]) => [name, tree.value]))
    return { value, offset, children }
  }

  #growList(items: readonly unknown[], offset: number, path: readonly string[]): Tree {
    const trees = items.map((item, index) => this.grow(item, offset, [...path, String(index)]))
    const children = new Map<string, Branch>()
    for (const [index, tree] of trees.entries()) {
      children.set(String(index), { keyOffset: tree.offset, keyValue: index, isKeyQuoted: false, tree })
    }
    return { value: trees.map(tree => tree.value), offset, children }
  }

  #stop(offset: number, message: string): Tree {
    if (!this.isBroken) this.findings.push({ offset, message })
    this.isBroken = true
    return emptyTree(offset)
  }
}

/** Where a node's text begins; undefined for a value that is not written. */
function startOf(node: unknown): number | undefined {
  if (!isAlias(node) && !isScalar(node) && !isMap(node) && !isSeq(node)) return undefined
  const [start, end] = node.range ?? [0, 0]
  return end > start ? start : undefined
}

function duplicateWords(name: string, path: readonly string[], line: number): string {
  if (path.length === 1 && path[0] === 'devices') {
    return `a device named ${quoted(name)} is already on line ${line}; every device needs a name of its own`
  }
  const where = path.length === 0 ? '' : ` in ${path.slice(path[0] === 'devices' ? 1 : 0).join('.')}`
  return `key ${quoted(name)} is already set${where} on line ${line}; remove one of the two`
}
