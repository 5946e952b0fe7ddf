import type { Device, Driver } from '../core/driver.ts'
import { HearthError, messageOf } from '../core/errors.ts'
import type { ListenAddress } from '../core/settings.ts'
import { nameTrouble } from './device-name.ts'
import { explain } from './explain.ts'
import { fingerprint } from './fingerprint.ts'
import { findingOf } from './place.ts'
import { type Finding, quoted } from './problem.ts'
import { isRecord } from './record.ts'
import { type SecretSources, settingsKit } from './secrets.ts'
import { shapeOf } from './shape.ts'
import { suggestion } from './suggest.ts'
import type { Branch } from './yaml-tree.ts'

/** A device of the configuration. */
export interface ConfiguredDevice {
  readonly name: string
  readonly type: string
  readonly title: string
  readonly device: Device
  readonly dropIn?: ListenAddress
  /** Changes when the entry or one of its secrets does; holds no secret itself. */
  readonly fingerprint: string
}

/** A device, if its entry is valid, and all that is wrong with the entry. */
export interface ReadDevice {
  readonly configured: ConfiguredDevice | undefined
  readonly findings: readonly Finding[]
}

/** Validates one entry under `devices:`. */
export function readDevice(
  name: string,
  branch: Branch,
  drivers: readonly Driver[],
  sources: SecretSources,
): ReadDevice {
  const trouble = nameTrouble(name, branch)
  const ofName = trouble === undefined ? [] : [{ offset: branch.keyOffset, message: trouble }]
  const read = readEntry(name, branch, drivers, sources)
  if (!Array.isArray(read)) return { configured: ofName.length === 0 ? read : undefined, findings: ofName }
  return { configured: undefined, findings: [...ofName, ...read] }
}

function readEntry(
  name: string,
  branch: Branch,
  drivers: readonly Driver[],
  sources: SecretSources,
): ConfiguredDevice | Finding[] {
  const { tree } = branch
  const types = drivers.map(driver => driver.type)
  if (tree.value === null) {
    return [
      {
        offset: branch.keyOffset,
        message: `${label(name)}: nothing is set; write "type:" and its other keys below it, indented`,
      },
    ]
  }
  if (!isRecord(tree.value)) {
    return [
      {
        offset: tree.offset,
        message: `${label(name)}: a device is keys and values, such as "type: ${types[0] ?? ''}"`,
      },
    ]
  }
  const typeBranch = tree.children.get('type')
  if (!typeBranch) {
    return [
      {
        offset: branch.keyOffset,
        message: `${label(name)}.type: this key is missing; write one of ${types.join(', ')}`,
      },
    ]
  }
  const driver = drivers.find(({ type }) => type === typeBranch.tree.value)
  if (!driver)
    return [
      {
        offset: typeBranch.tree.offset,
        message: `${label(name)}.type: ${typeWords(typeBranch.tree.value, types)}`,
      },
    ]
  return configure(name, branch, driver, sources)
}

function configure(
  name: string,
  branch: Branch,
  driver: Driver,
  sources: SecretSources,
): ConfiguredDevice | Finding[] {
  const entry = branch.tree.value
  const secrets: string[] = []
  const kit = settingsKit({ ...sources, onSecret: value => secrets.push(value) })
  try {
    const configured = driver.configure(entry, kit)
    if (!configured.isValid) {
      const explained = explain(
        configured.issues,
        entry,
        shapeOf(driver.schema(kit)),
        `a ${driver.type} device`,
      )
      return explained.map(problem => findingOf(problem, branch, label(name)))
    }
    const { device, dropIn } = configured
    return {
      name,
      type: driver.type,
      title: driver.title,
      device,
      ...(dropIn ? { dropIn } : {}),
      fingerprint: fingerprint(entry, secrets),
    }
  } catch (error) {
    if (!(error instanceof HearthError)) throw error
    const { keyOffset, tree } = branch
    const offset = tree.children.get(driver.targetKey)?.tree.offset ?? keyOffset
    return [{ offset, message: `${label(name)}: ${messageOf(error)}` }]
  }
}

function typeWords(type: unknown, types: readonly string[]): string {
  if (type === null) return `there is no value after the ":"; write one of ${types.join(', ')}`
  if (typeof type !== 'string') return `this is no type of device; write one of ${types.join(', ')}`
  return `${quoted(type)} is not known${suggestion(type, types, 'write one of')}`
}

/** The name as messages begin with it, whatever someone wrote in its place. */
function label(name: string): string {
  return name.split(':', 1)[0]?.slice(0, 40) || 'device'
}
