import { z } from 'zod'
import type { Driver } from '../core/driver.ts'
import { type ListenAddress, parseListen } from '../core/settings.ts'
import {
  type Listener,
  listenerConflicts,
  memberConflicts,
  type Named,
  placeConflicts,
  type Reached,
} from './conflicts.ts'
import { type ConfiguredDevice, readDevice } from './devices.ts'
import { explain } from './explain.ts'
import { DEFAULT_LISTEN, fileSettings } from './file-settings.ts'
import { findingOf } from './place.ts'
import { type Finding, type Problem, placesOf, problemsOf } from './problem.ts'
import { isRecord } from './record.ts'
import type { SecretSources } from './secrets.ts'
import { shapeOf } from './shape.ts'
import { type Branch, readYaml, type Tree } from './yaml-tree.ts'

/** A configuration that holds together: what `hearth run` needs to know. */
export interface HearthConfig {
  readonly listen: ListenAddress
  readonly webConfig?: string
  /** As written in the file. */
  readonly dataDir: string
  readonly site: string
  readonly privacy: { readonly showSerials: boolean }
  /** In the order of the file. */
  readonly devices: readonly ConfiguredDevice[]
}

/** A configuration, or everything that is wrong with it in the order of the file. */
export type ConfigResult =
  | { readonly isValid: true; readonly config: HearthConfig }
  | { readonly isValid: false; readonly problems: readonly Problem[] }

/** What loading needs of the world; nothing else is read. */
export interface LoadOptions {
  readonly text: string
  /** For messages, and to find secret files beside it. */
  readonly path: string
  readonly drivers: readonly Driver[]
  readonly env: Readonly<Record<string, string | undefined>>
  readFile(path: string): string
  /** Whether two addresses reach one thing, such as a port and a link to it; default: the same text. */
  isSamePlace?(a: string, b: string): boolean
  /** What is wrong with the address of a line, in words; undefined when it can be one. Default: all can. */
  lineTrouble?(address: string): string | undefined
}

/** Reads and validates a configuration file. Tells all problems at once and never throws for what the file says. */
export function loadConfig(options: LoadOptions): ConfigResult {
  const { text, path } = options
  const invalid = (findings: readonly Finding[]): ConfigResult => ({
    isValid: false,
    problems: problemsOf(path, text, findings),
  })
  const { root, findings: ofText } = readYaml(text)
  if (!root) return invalid(ofText)
  if (root.value !== null && !isRecord(root.value)) {
    return invalid([
      ...ofText,
      { offset: root.offset, message: 'a configuration is keys and values, such as "devices:"' },
    ])
  }
  const top = readTop(root)
  const ofDevices = readDevices(root, options)
  const devices = ofDevices.devices
  const reached = reachedOf(root, devices, options.drivers)
  const findings = [
    ...ofText,
    ...top.findings,
    ...ofDevices.findings,
    ...listenerConflicts(listenersOf(root), placesOf(text)),
    ...lineFindings(reached, options),
    ...memberConflicts(namedOf(root, options.drivers), placesOf(text)),
    ...placeConflicts(reached, samePlaceOf(options), placesOf(text)),
  ]
  if (findings.length > 0 || !top.settings) return invalid(findings)
  const { listen, data_dir, site, privacy } = top.settings
  return {
    isValid: true,
    config: { listen, dataDir: data_dir, site, privacy: { showSerials: privacy.show_serials }, devices },
  }
}

function readTop(root: Tree) {
  const { children } = root
  const findings: Finding[] = []
  const webConfig = children.get('web_config')
  if (webConfig) {
    findings.push({
      offset: webConfig.keyOffset,
      message:
        'web_config: TLS and login are not available yet; remove this key, and listen on 127.0.0.1 or put a reverse proxy in front',
    })
  }
  const own = Object.fromEntries(
    [...children]
      .filter(([key]) => key !== 'devices' && key !== 'web_config')
      .map(([key, { tree }]) => [key, tree.value]),
  )
  const parsed = fileSettings.safeParse(own)
  if (parsed.success) return { settings: parsed.data, findings }
  const shape = shapeOf(fileSettings.extend({ devices: z.unknown() }))
  const branch: Branch = { keyOffset: 0, keyValue: '', isKeyQuoted: false, tree: root }
  for (const explained of explain(parsed.error.issues, own, shape, 'this file')) {
    const strayDevice = explained.path.length === 1 && hasType(children.get(explained.path[0] ?? ''))
    const message = strayDevice
      ? 'unknown key; a device belongs under "devices:", indented'
      : explained.message
    findings.push(findingOf({ ...explained, message }, branch, ''))
  }
  return { settings: undefined, findings }
}

function hasType(branch: Branch | undefined): boolean {
  return branch?.tree.children.has('type') ?? false
}

function readDevices(root: Tree, options: LoadOptions) {
  const branch = root.children.get('devices')
  const advice = 'name at least one device with its "type:"'
  const refused = (offset: number, message: string) => ({ devices: [], findings: [{ offset, message }] })
  if (!branch) return refused(0, `devices: this key is missing; ${advice}`)
  const { tree, keyOffset } = branch
  if (tree.value === null) return refused(keyOffset, `devices: there are none; ${advice} below it, indented`)
  if (!isRecord(tree.value))
    return refused(tree.offset, 'devices: write names, each with its settings below it, indented')
  if (tree.children.size === 0) return refused(keyOffset, `devices: there are none; ${advice}`)
  const sources: SecretSources = {
    env: options.env,
    configPath: options.path,
    readFile: path => options.readFile(path),
  }
  const read = [...tree.children].map(([name, entry]) => readDevice(name, entry, options.drivers, sources))
  return {
    devices: read.flatMap(({ configured }) => configured ?? []),
    findings: read.flatMap(({ findings }) => findings),
  }
}

/** All listeners of the file, those of devices with other problems included. */
function listenersOf(root: Tree): readonly Listener[] {
  const listeners: Listener[] = []
  const add = (name: string, text: unknown, offset: number | undefined) => {
    const address = typeof text === 'string' ? parseListen(text) : undefined
    if (address) listeners.push({ name, address, offset })
  }
  const main = root.children.get('listen')?.tree
  add('listen', main ? main.value : DEFAULT_LISTEN, main?.offset)
  for (const [name, { tree }] of root.children.get('devices')?.tree.children ?? []) {
    const dropIn = tree.children.get('drop_in')?.tree
    if (dropIn) add(`${name.slice(0, 40)}.drop_in`, dropIn.value, dropIn.offset)
  }
  return listeners
}

/** All devices of the file, those with other problems included. */
function namedOf(root: Tree, drivers: readonly Driver[]): readonly Named[] {
  return [...(root.children.get('devices')?.tree.children ?? [])].map(([name, { keyOffset, tree }]) => {
    const type = tree.children.get('type')?.tree.value
    const memberNames = drivers.find(driver => driver.type === type)?.memberNames ?? []
    return { name, memberNames, offset: keyOffset }
  })
}

interface ReachedBy extends Reached {
  readonly targetKey: Driver['targetKey'] | undefined
}

function reachedOf(
  root: Tree,
  devices: readonly ConfiguredDevice[],
  drivers: readonly Driver[],
): readonly ReachedBy[] {
  return devices.flatMap(({ name, type, device: { place, account } }) => {
    const branch = root.children.get('devices')?.tree.children.get(name)
    const targetKey = drivers.find(driver => driver.type === type)?.targetKey
    const offset = branch?.tree.children.get(targetKey ?? '')?.tree.offset ?? branch?.keyOffset ?? 0
    return [{ name, place, account, offset, targetKey }]
  })
}

/** Addresses that no line can have: found here, they never reach a house that is already running. */
function lineFindings(reached: readonly ReachedBy[], { lineTrouble }: LoadOptions): readonly Finding[] {
  return reached.flatMap(({ name, place, offset, targetKey }) => {
    const trouble = targetKey === 'port' ? lineTrouble?.(place) : undefined
    return trouble === undefined ? [] : [{ offset, message: `${name}.port: ${trouble}` }]
  })
}

function samePlaceOf(options: LoadOptions): (a: string, b: string) => boolean {
  return (a, b) => a === b || (options.isSamePlace?.(a, b) ?? false)
}
