import { globSync, readdirSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { cleanUp, temporaryFolder } from '../support/clean-up.ts'
import { get, HEARTH, simulateLinky } from '../support/hearth.ts'
import { startProgram } from '../support/program.ts'
import { until } from '../support/until.ts'

afterAll(cleanUp)

/** A configuration with one meter, on free ports. */
function configuration(place: string): string {
  const file = join(temporaryFolder(), 'hearth.yml')
  const meter = { type: 'linky', port: place, stale_after: '10s' }
  writeFileSync(file, JSON.stringify({ listen: '127.0.0.1:0', devices: { meter } }))
  return file
}

const up = (text: string) => /^hearth_device_up\{device="meter"\} 1$/m.test(text)
const power = (text: string) => /^hearth_meter_apparent_power_voltamperes\{/m.test(text)

it('goes on when connections have used up its file descriptors, and serves again when they are gone', async () => {
  const meter = await simulateLinky('base', '--pace', '4')
  const command = `ulimit -n 64; exec ${HEARTH} run --config ${configuration(meter.place)}`
  const program = startProgram('sh', ['-c', command])
  const [, url = ''] = await program.waitFor(/listening.*?(http:\/\/[^\s/"]+)/)
  await until('the meter', async () => (up((await get(`${url}/metrics`)).text) ? true : undefined))

  const crowd: Socket[] = []
  for (let i = 0; i < 150; i++) {
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    socket.on('error', () => {})
    crowd.push(socket)
  }
  await until('no descriptor to be left', () =>
    readdirSync(`/proc/${program.pid}/fd`).length >= 63 ? true : undefined,
  )
  // The line is lost as well: opening it anew needs a descriptor that nobody has.
  const [, port = ''] = /:(\d+)$/.exec(meter.place) ?? []
  await meter.program.stop()
  await program.waitFor(/tcp:\S+ .*device=meter/)
  const again = await simulateLinky('base', '--pace', '4', '--listen', `127.0.0.1:${port}`)
  for (const socket of crowd) socket.destroy()

  await until(
    'the meter again',
    async () => {
      const { status, text } = await get(`${url}/metrics`)
      return status === 200 && up(text) && power(text) ? true : undefined
    },
    30_000,
  )
  expect(again.place).toBe(meter.place)
  expect(await program.stop()).toBe(0)
})

it('takes no harm when the clock is set back an hour: nothing freezes, nothing expires, the counters of time go on', async () => {
  const [library = ''] = globSync('/usr/lib/*/faketime/libfaketimeMT.so.1')
  expect(library, 'npm test installs the Debian package faketime').not.toBe('')
  const clock = join(temporaryFolder(), 'clock')
  const setClock = (offset: string) => writeFileSync(clock, `${offset}\n`)
  setClock('+0')
  const meter = await simulateLinky('base', '--pace', '4')
  const program = startProgram(HEARTH, ['run', '--config', configuration(meter.place)], {
    env: {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: clock,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    },
  })
  const [, url = ''] = await program.waitFor(/listening.*?(http:\/\/[^\s/"]+)/)
  const lastSuccess = async () => {
    const { text } = await get(`${url}/metrics`)
    if (!up(text) || !power(text)) return undefined
    const [, seconds] =
      /^hearth_device_last_success_timestamp_seconds\{device="meter"\} (\S+)$/m.exec(text) ?? []
    return seconds === undefined ? undefined : Number(seconds)
  }
  const before = await until('the meter', lastSuccess)

  setClock('-3600')
  const after = await until('a success by the new clock', async () => {
    const seconds = await lastSuccess()
    return seconds !== undefined && seconds < before - 3000 ? seconds : undefined
  })
  expect(before - after).toBeGreaterThan(3500)
  // Longer than it takes readings to grow old: ages do not follow the clock on the wall.
  const end = performance.now() + 11_000
  while (performance.now() < end) {
    expect(await lastSuccess()).toBeDefined()
    await new Promise(resolve => setTimeout(resolve, 500))
  }
  await meter.program.stop()
  await until(
    'the readings to go',
    async () => (power((await get(`${url}/metrics`)).text) ? undefined : true),
    20_000,
  )
  expect(await program.stop()).toBe(0)
})
