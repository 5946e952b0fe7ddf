import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { atCleanUp } from '../support/clean-up.ts'
import { type Finished, runOnce } from '../support/run-once.ts'

const MAKE = `
set -e
mount -t tmpfs none "$0"
mkdir "$0/upper" "$0/work" "$0/root"
mount -t overlay overlay -o lowerdir=/,upperdir="$0/upper",workdir="$0/work" "$0/root"
mount -t proc proc "$0/root/proc"
mount -t tmpfs none "$0/root/run"
mount -t tmpfs -o mode=1777 none "$0/root/tmp"
mount --rbind /dev "$0/root/dev"
for file in "$@"; do cp "$file" "$0/root/root/"; done
cd "$0/root/root"
exec chroot "$0/root" sh -c "$HEARTH_TEST_SCRIPT"
`

/**
 * Runs lines of shell as root on a copy of this machine. Changes lie over its files and go with the process that
 * made them: a mount namespace of its own.
 * Root may do that; with sudo others can; where neither is, this throws.
 * @param files what is put into its folder /root
 * @param lines what is run there, a line each; what one leaves behind the next one finds
 * @returns how each line ended
 */
export function inThrowAwaySystem(files: readonly string[], lines: readonly string[]): readonly Finished[] {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-system-'))
  atCleanUp(() => rmSync(folder, { recursive: true, force: true }))
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n', '--preserve-env=HEARTH_TEST_SCRIPT']
  const script = lines.map(wrapped).join('\n')
  const [command = '', ...args] = [...asRoot, 'unshare', '--mount', 'sh', '-c', MAKE]
  const { exitCode, stdout, stderr } = runOnce(command, [...args, folder, ...files], {
    env: { HEARTH_TEST_SCRIPT: script },
    timeoutMs: 120_000,
  })
  const results = [...stdout.matchAll(/^<<<(\d+)\n([\s\S]*?)>>>(\d+) (\S*)$/gm)]
  if (exitCode !== 0 || results.length !== lines.length)
    throw new Error(`the throw-away system ended with ${exitCode}: ${stderr}${stdout}`)
  return results.map(([, , output = '', code = '', errors = '']) => ({
    exitCode: Number(code),
    stdout: output,
    stderr: Buffer.from(errors, 'base64').toString('utf8'),
  }))
}

/** Marks where the output of a line begins and ends. */
function wrapped(line: string, i: number): string {
  return `cd /root; echo "<<<${i}"; (${line}) 2>/tmp/errors; code=$?; echo ">>>$code $(base64 -w0 /tmp/errors)"`
}
