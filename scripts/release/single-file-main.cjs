// The start of the single file. There `require` knows Node's own modules only, so the parts of the program, which are
// assets of the file, are loaded here. Each when it is wanted first, as from a folder.
const { posix } = require('node:path')
const { getAsset } = require('node:sea')
const { compileFunction } = require('node:vm')

const WORDS = ['exports', 'require', 'module', '__filename', '__dirname']
const loaded = new Map()

/** What a part exports; `name` is its path below dist. */
function load(name) {
  const known = loaded.get(name)
  if (known) return known.exports
  const part = { exports: {} }
  loaded.set(name, part)
  const find = id => (id.startsWith('.') ? load(posix.join(posix.dirname(name), id)) : require(id))
  const run = compileFunction(getAsset(name, 'utf8'), WORDS, { filename: name })
  run(part.exports, find, part, __filename, __dirname)
  return part.exports
}

load('hearth.cjs')
