import { chmodSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { atCleanUp } from '../support/clean-up.ts'
import { ROOT } from '../support/hearth.ts'
import { startProgram } from '../support/program.ts'
import { type Finished, runOnce } from '../support/run-once.ts'
import { until } from '../support/until.ts'

/** A machine to throw away: a copy of this one, with a network of its own on which every port is free. */
export interface Machine {
  /** Runs a line of shell as root in its folder /root, with stand-ins for what needs a booted machine. */
  run(line: string): Finished
  /** The same; throws when the line fails. */
  must(line: string): string
  stop(): Promise<void>
}

export interface MachineOptions {
  /** What its folder /root holds: a folder of this machine. */
  readonly home: string
  /** The assembled root tree of the container images. */
  readonly images: string
  /** Names under which devices are found; each is this machine itself. */
  readonly names: readonly string[]
  /** An address that is this machine too. */
  readonly address: string
}

// Everything here ends with the process that made it: mounts, network, and all that was started.
const MAKE = `
set -e
PATH="$PATH:/usr/sbin:/sbin"
mount -t tmpfs none "$0"
mkdir "$0/upper" "$0/work" "$0/root"
mount -t overlay overlay -o lowerdir=/,upperdir="$0/upper",workdir="$0/work" "$0/root"
mount -t proc proc "$0/root/proc"
mount -t tmpfs none "$0/root/run"
mount -t tmpfs -o mode=1777 none "$0/root/tmp"
mount -t tmpfs -o mode=755 none "$0/root/dev"
mkdir "$0/root/dev/pts" "$0/root/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666,gid=5,mode=620 devpts "$0/root/dev/pts"
ln -s pts/ptmx "$0/root/dev/ptmx"
for device in null zero full random urandom tty; do
  : >"$0/root/dev/$device"
  mount --bind "/dev/$device" "$0/root/dev/$device"
done
ln -s /proc/self/fd "$0/root/dev/fd"
show() {
  mkdir -p "$0/root$2"
  mount --bind "$1" "$0/root$2"
}
show "$MACHINE_CHECKOUT" "$MACHINE_CHECKOUT"
show "$MACHINE_CHECKOUT" /opt/hearth
show "$MACHINE_MODULES" "$MACHINE_MODULES"
show "$MACHINE_STAND_INS" /stand-ins
show "$MACHINE_IMAGES" /images
show "$MACHINE_HOME" /root
mkdir -p "$0/root/var/log/machine"
ip link set lo up
ip address add "$MACHINE_ADDRESS/32" dev lo
echo "127.0.0.1 localhost $MACHINE_NAMES" >"$0/root/etc/hosts"
exec chroot "$0/root" sh -c 'echo ready; while :; do sleep 3600 & wait; done'
`

const PATHS = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
const IS_ROOT = process.getuid?.() === 0
const asRoot = (words: readonly string[]): readonly [string, string[]] => {
  const [command = '', ...args] = IS_ROOT ? words : ['sudo', '-n', ...words]
  return [command, args]
}

/** Makes one. Root may do that; with sudo others can; where neither is, this throws. */
export async function startMachine(options: MachineOptions): Promise<Machine> {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-machine-'))
  atCleanUp(() => rmSync(folder, { recursive: true, force: true }))
  const standIns = join(folder, 'stand-ins')
  const root = join(folder, 'root')
  mkdirSync(root)
  writeStandIns(standIns)
  const variables = {
    MACHINE_CHECKOUT: ROOT,
    MACHINE_MODULES: realpathSync(join(ROOT, 'node_modules')),
    MACHINE_STAND_INS: standIns,
    MACHINE_IMAGES: options.images,
    MACHINE_HOME: options.home,
    MACHINE_NAMES: options.names.join(' '),
    MACHINE_ADDRESS: options.address,
  }
  const program = startProgram(
    ...asRoot([
      'env',
      ...Object.entries(variables).map(([name, value]) => `${name}=${value}`),
      ...['unshare', '--mount', '--net', '--pid', '--fork', '--kill-child', 'sh', '-c', MAKE, root],
    ]),
  )
  await program.waitFor(/^ready$/m)
  const inside = await until('the first process of the machine', () => innermost(program.pid, 'sh'))

  function run(line: string): Finished {
    return runOnce(
      ...asRoot([
        ...['nsenter', '--target', String(inside), '--mount', '--net', '--pid', '--root'],
        ...['env', '-i', `PATH=/stand-ins:${PATHS}`, 'HOME=/root', 'DEBIAN_FRONTEND=noninteractive'],
        ...['sh', '-c', `cd /root && ${line}`],
      ]),
    )
  }

  return {
    run,
    must(line) {
      const { exitCode, stdout, stderr } = run(line)
      if (exitCode === 0) return stdout
      throw new Error(`${line}\nended with ${exitCode}: ${stderr}${stdout}`)
    },
    async stop() {
      // The first process takes all others with it.
      runOnce(...asRoot(['kill', '-KILL', String(inside)]))
      await program.ended
    },
  }
}

/** What needs a booted machine, on PATH before the real ones. */
function writeStandIns(folder: string): void {
  const node = realpathSync(process.execPath)
  const ours = (name: string) =>
    `NODE_COMPILE_CACHE=/run/compiled exec ${node} ${join(ROOT, 'test/migration/stand-ins', `${name}.ts`)} "$@"`
  const texts = {
    sudo: 'exec "$@"',
    // What apt hands on: the package and the options for dpkg, and nobody to answer a question.
    apt: `case $1 in
install) shift; [ "$1" = -o ] && { option=\${2#Dpkg::Options::=}; shift 2; }
  exec dpkg --force-unsafe-io $option --install "$@" </dev/null ;;
remove) shift; exec dpkg --force-unsafe-io --remove "$@" </dev/null ;;
*) echo "apt: this stand-in does not know $1" >&2; exit 1 ;;
esac`,
    systemctl: ours('systemctl'),
    docker: ours('docker'),
  }
  mkdirSync(folder)
  for (const [name, text] of Object.entries(texts)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`)
    chmodSync(join(folder, name), 0o755)
  }
}

/** The process that a chain of one child each ends with, once it is the wanted program. */
function innermost(pid: number, wanted: string): number | undefined {
  for (let parent = pid; ; ) {
    const children = readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8')
      .split(' ')
      .filter(Boolean)
    const [child] = children
    const name = readFileSync(`/proc/${parent}/comm`, 'utf8').trim()
    if (parent !== pid && name === wanted) return parent
    if (child === undefined) return undefined
    parent = Number(child)
  }
}
