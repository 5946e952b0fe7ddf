// In place of systemctl where no systemd runs. Links are made by the real one; services are started and ended as
// their units say: their program, their variables, their user and groups.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { end, isRunning, refuse, startDetached, variablesOf } from './processes.ts'

const STATE = '/run/stand-in-units'
const FOLDERS = ['/etc/systemd/system', '/usr/lib/systemd/system']
/** systemd takes a number from this range for a user that exists only while the service runs. */
const DYNAMIC_USER = '61500'

function textOf(unit: string): string {
  const path = FOLDERS.map(folder => `${folder}/${unit}.service`).find(each => existsSync(each))
  if (path === undefined) refuse(`Failed to start ${unit}.service: Unit ${unit}.service not found.`)
  return readFileSync(path, 'utf8')
}

const all = (text: string, key: string) =>
  [...text.matchAll(new RegExp(`^${key}=(.*)$`, 'gm'))].map(([, value = '']) => value)

function variables(text: string): Readonly<Record<string, string>> {
  const files = all(text, 'EnvironmentFile').map(word => {
    const path = word.replace(/^-/, '')
    if (existsSync(path)) return variablesOf(readFileSync(path, 'utf8'), true)
    return word.startsWith('-') ? {} : refuse(`Failed to load environment files: ${path}`)
  })
  // What a file says wins over the unit itself.
  const own = variablesOf(all(text, 'Environment').join('\n'), true)
  return Object.assign({ PATH: '/usr/local/bin:/usr/bin:/bin' }, own, ...files)
}

/** As whom a service runs, in the words of setpriv. */
function identity(text: string): string[] {
  const [user = 'root'] = all(text, 'User')
  const groups = all(text, 'SupplementaryGroups')
  const isDynamic = all(text, 'DynamicUser').includes('yes')
  const [uid, gid] = isDynamic ? [DYNAMIC_USER, DYNAMIC_USER] : [user, user]
  return [
    'setpriv',
    `--reuid=${uid}`,
    `--regid=${gid}`,
    groups.length > 0 ? `--groups=${groups.join(',')}` : '--clear-groups',
    '--no-new-privs',
    '--bounding-set=-all',
  ]
}

function start(unit: string): void {
  const text = textOf(unit)
  const [program = ''] = all(text, 'ExecStart')
  const words = program.split(' ')
  if (!existsSync(words[0] ?? '')) refuse(`${unit}.service: ${words[0]} does not exist`)
  mkdirSync(STATE, { recursive: true })
  const pid = startDetached([...identity(text), ...words], variables(text), `/var/log/machine/${unit}.log`)
  writeFileSync(`${STATE}/${unit}`, String(pid))
}

async function stop(unit: string): Promise<void> {
  if (existsSync(`${STATE}/${unit}`)) await end(Number(readFileSync(`${STATE}/${unit}`, 'utf8')))
}

const flags = process.argv.slice(2).filter(word => word.startsWith('-'))
const [verb = '', ...units] = process.argv.slice(2).filter(word => !word.startsWith('-'))
const isNow = flags.includes('--now')
if (flags.some(flag => flag !== '--now')) refuse(`systemctl: this stand-in does not know ${flags.join(' ')}`)

switch (verb) {
  case 'daemon-reload':
    break
  case 'enable':
  case 'disable': {
    const { status, stderr } = spawnSync('/usr/bin/systemctl', ['--quiet', verb, ...units], {
      encoding: 'utf8',
    })
    if (status !== 0) refuse(stderr)
    if (isNow) for (const unit of units) await (verb === 'enable' ? start(unit) : stop(unit))
    break
  }
  case 'restart':
    for (const unit of units) {
      await stop(unit)
      start(unit)
    }
    break
  case 'is-active':
    for (const unit of units)
      if (!isRunning(Number(readFileSync(`${STATE}/${unit}`, 'utf8')))) refuse('inactive')
    break
  default:
    refuse(`systemctl: this stand-in does not know ${verb}`)
}
