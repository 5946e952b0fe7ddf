import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { drivers } from '../../src/devices/index.ts'
import { atCleanUp, cleanUp, temporaryFolder } from '../support/clean-up.ts'
import { HEARTH, startHearth, startRun } from '../support/hearth.ts'
import { runOnce } from '../support/run-once.ts'

afterAll(cleanUp)

const SILENT = 'tcp://127.0.0.1:9'
const healthy = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  runOnce(HEARTH, ['healthy', ...args], { env })

/** A server that gives this status to every question. */
async function serverOf(status: number): Promise<number> {
  const server = createServer((_, answer) => {
    answer.statusCode = status
    answer.end()
  })
  atCleanUp(() => server.close())
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return z.object({ port: z.number() }).parse(server.address()).port
}

/** The port is asked by a program that blocks this one, so the server must be another process. */
async function freePort(): Promise<string> {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = z.object({ port: z.number() }).parse(server.address())
  server.close()
  await once(server, 'close')
  return String(port)
}

describe('hearth healthy', () => {
  it('is 0 when the listener of the configuration answers, also while the only device is silent', async () => {
    const listen = `127.0.0.1:${await freePort()}`
    const config = join(temporaryFolder(), 'hearth.yml')
    writeFileSync(config, JSON.stringify({ listen, devices: { meter: { type: 'linky', port: SILENT } } }))
    expect(healthy(['--config', config]).exitCode).toBe(1)

    const service = startHearth(['run', '--config', config])
    await service.waitFor(/listening/)

    expect(healthy(['--config', config])).toMatchObject({
      exitCode: 0,
      stdout: `http://${listen}/-/healthy answers 200\n`,
    })
    expect(healthy([], { HEARTH_CONFIG: config }).exitCode).toBe(0)
    await service.stop()
    const after = healthy(['--config', config])
    expect(after).toMatchObject({ exitCode: 1, stdout: '' })
    expect(after.stderr.trim().split('\n')).toHaveLength(1)
    expect(after.stderr).toContain('refused the connection')
  })

  it('asks a drop-in on the port of its variable; a 503 is an answer', async () => {
    const port = await freePort()
    const env = { LINKY_EXPORTER_PORT: port, LINKY_EXPORTER_INTERFACE: SILENT }
    expect(healthy(['linky-exporter'], env).exitCode).toBe(1)

    await startHearth(['linky-exporter'], { env }).waitFor(/listening/)

    expect(healthy(['linky-exporter'], env).exitCode).toBe(0)
    expect(healthy([`http://127.0.0.1:${port}/metrics`]).stdout).toMatch(/ answers 503$/m)
  })

  it.each(drivers.map(({ dropIn }) => dropIn))('knows the usual port of $name', ({ name, defaultPort }) => {
    // Something else may be there on this machine: what counts is where it asked.
    const { stdout, stderr } = healthy([name])
    expect(stdout + stderr).toContain(`127.0.0.1:${defaultPort}/`)
  })

  it('asks any address it is told', async () => {
    const { url } = await startRun({ meter: { type: 'linky', port: SILENT } })
    expect(healthy([`${url}/-/ready`]).exitCode).toBe(0)
  })

  it('takes an answer of any status', async () => {
    const program = startHearth(['healthy', `http://127.0.0.1:${await serverOf(500)}/`])
    expect(await program.ended).toBe(0)
  })

  it.each([['localhost'], ['ftp://127.0.0.1/'], ['http://'], ['no-exporter']])('refuses %s', target => {
    const { exitCode, stderr } = healthy([target])
    expect(exitCode).toBe(1)
    expect(stderr).toContain(`"${target}" is no address to ask`)
  })

  it('is in the help', () => {
    expect(runOnce(HEARTH, ['--help']).stdout).toMatch(/^ {2}healthy .*exit 0 when hearth answers HTTP/m)
  })
})
