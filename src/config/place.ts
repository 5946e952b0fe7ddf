import type { Explained } from './explain.ts'
import type { Finding } from './problem.ts'
import type { Branch } from './yaml-tree.ts'

/** A finding at the place of the value, of the unknown key, or of the mapping that lacks a key. */
export function findingOf({ path, about, message }: Explained, root: Branch, name: string): Finding {
  let branch = root
  for (const key of path) {
    const next = branch.tree.children.get(key) ?? keyBefore(branch, key)
    if (!next) break
    branch = next
  }
  const words = [name, ...path.map(key => key.slice(0, 40))].filter(word => word !== '').join('.')
  return {
    offset: about === 'value' ? branch.tree.offset : branch.keyOffset,
    message: `${words}: ${message}`,
  }
}

// `password:hunter2` is spoken of as `password`.
function keyBefore({ tree }: Branch, word: string): Branch | undefined {
  for (const [key, branch] of tree.children) if (key.startsWith(`${word}:`)) return branch
  return undefined
}
