import { quoted } from './problem.ts'
import type { Branch } from './yaml-tree.ts'

/** What a device may be called: it is the label `device`, and part of addresses. */
export const DEVICE_NAME = /^[a-z0-9][a-z0-9-]*$/

const LONGEST_NAME = 63
const RULE = 'a device name is made of a-z, 0-9 and -, and begins with a letter or digit'

// Words that YAML 1.1 programs read as true and false: a file must mean the same to all of them.
const SWITCH_WORD = /^(y|n|yes|no|on|off|true|false)$/i

/** Why a name cannot be used; undefined when it can. */
export function nameTrouble(name: string, { keyValue, isKeyQuoted }: Branch): string | undefined {
  if (!isKeyQuoted && typeof keyValue === 'number') {
    return `the device name ${quoted(name)} is a number to YAML; ${cure(name)}`
  }
  if (!isKeyQuoted && (typeof keyValue !== 'string' || SWITCH_WORD.test(name))) {
    return `the device name ${quoted(name)} means something else to YAML; ${cure(name)}`
  }
  if (name.length > LONGEST_NAME) return `a device name has at most ${LONGEST_NAME} characters`
  if (DEVICE_NAME.test(name)) return undefined
  return `${quoted(name)} cannot be a device name: ${RULE}${rename(name)}`
}

function cure(name: string): string {
  return DEVICE_NAME.test(name) ? 'put it in quotes, or rename the device' : 'rename the device'
}

function rename(name: string): string {
  const better = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '')
  return DEVICE_NAME.test(better) ? `; for example "${better}"` : ''
}
