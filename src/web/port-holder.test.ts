import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { findPortHolder } from './port-holder.ts'

const made: string[] = []

afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true })
})

/** A /proc with one process that has the sockets 777 and 888 open. */
function proc(): string {
  const root = mkdtempSync(join(tmpdir(), 'hearth-proc-'))
  made.push(root)
  mkdirSync(join(root, 'net'))
  mkdirSync(join(root, '42', 'fd'), { recursive: true })
  mkdirSync(join(root, '41'))
  const line = (port: string, state: string, inode: number) =>
    `   0: 00000000:${port} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000  1000        0 ${inode} 1 0 100 0 0 10 0\n`
  writeFileSync(
    join(root, 'net', 'tcp'),
    `  sl  local_address\n${line('1FBB', '0A', 777)}${line('1F90', '01', 888)}${line('0050', '0A', 999)}`,
  )
  writeFileSync(join(root, '42', 'comm'), 'MainThread\n')
  writeFileSync(join(root, '42', 'cmdline'), '/usr/bin/python3\0-m\0exporter\0--password=x\0')
  symlinkSync('socket:[777]', join(root, '42', 'fd', '5'))
  symlinkSync('socket:[888]', join(root, '42', 'fd', '6'))
  return root
}

it('names the process that listens on a port', async () => {
  expect(await findPortHolder(8123, proc())).toEqual({ pid: 42, program: 'python3' })
})

it.each([
  ['only has a connection there', 8080],
  ['is hidden', 80],
  ['does not exist', 9999],
])('does not guess where the listener %s', async (_, port) => {
  expect(await findPortHolder(port, proc())).toBeUndefined()
})

it('knows nothing where there is no /proc', async () => {
  expect(await findPortHolder(8123, '/nowhere')).toBeUndefined()
})
