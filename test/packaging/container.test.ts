import {
  chmodSync,
  chownSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cleanUp, temporaryFolder } from '../support/clean-up.ts'
import { variablesFor as variablesForGateway } from '../support/gateway.ts'
import { get, HEARTH, ROOT, simulate, simulateLinky } from '../support/hearth.ts'
import type { RunningProgram } from '../support/program.ts'
import { until } from '../support/until.ts'
import { buildImage, filesOf, type Image, type StartOptions } from './image.ts'

const UID = 65532
const DIALOUT = 20
/** Of `tty`: a group that the user of the image is not in. */
const OTHER_GROUP = 5
const END_WITHIN_MS = 2_000

/** Drop-ins with an image each: what they read here, and a line that they then show. */
const DROP_INS = [
  {
    name: 'linky-exporter',
    portVariable: 'LINKY_EXPORTER_PORT',
    variablesFor: (place: string) => ({ LINKY_EXPORTER_INTERFACE: place }),
    isArgument: true,
    port: '8123',
    type: 'linky',
    path: '/metrics',
    shows: /^linky_papp\{adco="\d{12}",.*\} 2610\.0$/m,
  },
  {
    name: 'intergas-exporter',
    portVariable: 'INTERGAS_EXPORTER_PORT',
    variablesFor: (place: string) => ({ INTERGAS_EXPORTER_INTERFACE: place }),
    isArgument: true,
    port: '8080',
    type: 'intergas',
    path: '/metrics',
    shows: /^intergas_temperature_celcius\{type="aanvoer"\} 69\.97$/m,
  },
  {
    name: 'kronoterm-cloud-relay',
    portVariable: 'KRONOTERM_RELAY_PORT',
    variablesFor: (place: string) => ({
      KRONOTERM_CLOUD_URL: place,
      KRONOTERM_CLOUD_USER: 'demo@example.org',
      KRONOTERM_CLOUD_PASSWORD: 'demo',
      TZ: 'Europe/Ljubljana',
    }),
    isArgument: true,
    port: '8555',
    type: 'kronoterm-cloud',
    shows: /^heat_pump_temperature_c\{heating_loop="system",name="outlet_temperature"\} 38\.5$/m,
  },
  {
    name: 'isg_exporter',
    portVariable: 'EXPORTER_PORT',
    variablesFor: variablesForGateway,
    isArgument: false,
    port: '8080',
    type: 'stiebel-isg',
    shows: /^isg_vorlauftemp\{unit="°C"\} 34\.6$/m,
  },
  {
    name: 'ems-esp',
    portVariable: 'EMS_ESP_PORT',
    variablesFor: (place: string) => ({ EMS_ESP_URL: place }),
    isArgument: true,
    port: '8084',
    type: 'ems-esp',
    path: '/api/boiler/metrics',
    shows: /^emsesp_circmode\{circuit="dhw"\} 1$/m,
  },
] as const
const [LINKY] = DROP_INS

const images = new Map<string, Image>()

function imageOf(name: (typeof DROP_INS)[number]['name']): Image {
  const known = images.get(name) ?? buildImage(name)
  images.set(name, known)
  return known
}

afterAll(cleanUp)

/** The program itself: buildah and its helpers stand between it and us. */
function innermost(pid: number): number {
  for (let parent = pid; ; ) {
    const [child] = readdirSync(`/proc/${parent}/task`).flatMap(thread =>
      readFileSync(`/proc/${parent}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean),
    )
    if (child === undefined) return parent
    parent = Number(child)
  }
}

/** The drop-in as `docker run` starts it, on its own port where that is free. */
async function startDropIn(
  dropIn: (typeof DROP_INS)[number],
  options: StartOptions,
): Promise<{ program: RunningProgram; url: string }> {
  const { name, portVariable, port: usualPort } = dropIn
  const program = imageOf(name).start(options)
  const [, port = '', taken] = await program.waitFor(/listening on http:\/\/\S+:(\d+)|(Cannot listen on)/)
  if (taken === undefined) {
    if (options.env?.[portVariable] === undefined) expect(port).toBe(usualPort)
    return { program, url: `http://127.0.0.1:${port}` }
  }
  console.error(`container tests: port ${usualPort} is taken on this machine, so another one is used`)
  return startDropIn(dropIn, { ...options, env: { ...options.env, [portVariable]: '0' } })
}

const pageWith = (shows: RegExp, url: string, path = '/metrics') =>
  until('a page with values', async () => {
    const { text } = await get(url + path)
    return shows.test(text) ? text : undefined
  })

describe.each(DROP_INS)('the image $name', dropIn => {
  const { name, port, type, variablesFor, isArgument, shows } = dropIn
  const path = 'path' in dropIn ? dropIn.path : '/metrics'

  it('needs no arguments, is not root, is in the group of serial ports, and names its port', () => {
    const { user, command, ports, labels } = imageOf(name).config
    expect({ user, command, ports }).toEqual({
      user: `${UID}:${DIALOUT}`,
      // A command can be replaced by flags where the name is a part of the entry point, as the original's is.
      command: isArgument ? [name] : [],
      ports: [`${port}/tcp`],
    })
    expect(labels).toMatchObject({
      'org.opencontainers.image.title': name,
      'org.opencontainers.image.licenses': 'Apache-2.0',
    })
  })

  it('reads its device over the network by name and ends in order', async () => {
    const device = await simulate(type, 'document', '--pace', '10')
    const { program, url } = await startDropIn(dropIn, {
      env: variablesFor(device.place.replace('127.0.0.1', 'localhost')),
    })
    expect(await pageWith(shows, url, path)).toMatch(shows)

    const pid = innermost(program.pid)
    if (imageOf(name).runsAsItsUser) {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8')
      expect(status).toMatch(new RegExp(`^Uid:(\\t${UID}){4}$`, 'm'))
      expect(status).toMatch(new RegExp(`^Gid:(\\t${DIALOUT}){4}$`, 'm'))
    }
    const asked = performance.now()
    process.kill(pid, 'SIGTERM')
    expect(await program.ended).toBe(0)
    expect(performance.now() - asked).toBeLessThan(END_WITHIN_MS)
  })
})

describe('the image isg_exporter', () => {
  it('takes flags as its arguments, as the original does', async () => {
    const device = await simulate('stiebel-isg', 'document-login')
    const command = [`--url=${device.place}`, '--user=demo', '--password=demo', '--port=0', '--interval=1']
    const program = imageOf('isg_exporter').start({ command })
    const [, port = ''] = await program.waitFor(/listening on http:\/\/\S+:(\d+)/)
    await pageWith(/^isg_flag_heizkreispumpe 0$/m, `http://127.0.0.1:${port}`)
    await program.stop()
  })
})

describe('what all images have in common', () => {
  let image: Image

  beforeAll(() => {
    image = imageOf('linky-exporter')
  })

  it('starts Node with the flags of bin/hearth', () => {
    const [, flags = ''] = /^exec "\$node" (.*) "\$bundle" "\$@"$/m.exec(readFileSync(HEARTH, 'utf8')) ?? []
    expect(flags).not.toBe('')
    expect(image.config.entrypoint).toEqual([
      '/usr/bin/node',
      ...flags.split(' '),
      '/usr/lib/hearth/dist/hearth.cjs',
    ])
  })

  it('says nothing of the machine it was built on', () => {
    const texts = ['etc', 'usr/lib/hearth/dist'].flatMap(folder =>
      filesOf(join(image.tree, folder)).map(path => readFileSync(join(image.tree, folder, path), 'utf8')),
    )
    for (const text of [...texts, JSON.stringify(image.config)]) {
      expect(text.includes(ROOT), `a text holds ${ROOT}`).toBe(false)
    }
  })

  it('holds no shell and no program but Node', () => {
    const executables = filesOf(image.tree).filter(
      path => (statSync(join(image.tree, path)).mode & 0o111) !== 0,
    )
    expect(executables).toContain('usr/bin/node')
    expect(executables.filter(path => path !== 'usr/bin/node' && !/\.so\.\d+$/.test(path))).toEqual([])
  })

  it('holds a folder for temporary files, and one for state that belongs to its user', () => {
    expect((statSync(join(image.tree, 'tmp')).mode & 0o7777).toString(8)).toBe('1777')
    for (const folder of ['usr', 'etc', 'var', 'var/lib']) {
      expect((statSync(join(image.tree, folder)).mode & 0o7777).toString(8), folder).toBe('755')
    }
  })
  it('reads a serial port of the group dialout', async () => {
    const port = await serialPort()
    if (process.getuid?.() === 0) chownSync(port, 0, DIALOUT)
    chmodSync(port, 0o660)
    const { program, url } = await startDropIn(LINKY, { env: { LINKY_EXPORTER_INTERFACE: port } })
    await pageWith(/^linky_base\{.*\} 2\.35478e\+06$/m, url)

    const pid = innermost(program.pid)
    const loaded = readFileSync(`/proc/${pid}/maps`, 'utf8').match(/\/\S+\.(?:node|so\.\d+)$/gm) ?? []
    expect(loaded.some(path => path.includes('/@serialport/bindings-cpp/'))).toBe(true)
    // All of it comes from the image and nothing from this machine.
    const root = readlinkSync(`/proc/${pid}/root`)
    const files = new Set(filesOf(image.tree).map(path => join(root === '/' ? image.tree : root, path)))
    expect([...new Set(loaded)].filter(path => !files.has(path))).toEqual([])
    await program.stop()
  })

  it('names the remedy when the serial port is of another group', async () => {
    const port = await serialPort()
    const isRoot = process.getuid?.() === 0
    if (isRoot) chownSync(port, 0, OTHER_GROUP)
    chmodSync(port, isRoot ? 0o660 : 0o000)
    const { program } = await startDropIn(LINKY, { env: { LINKY_EXPORTER_INTERFACE: port } })
    const [message] = await program.waitFor(/.*permission denied.*/)
    expect(message).toContain(port)
    expect(message).toContain(`--group-add ${statSync(port).gid}`)
    await program.stop()
  })

  it('says that a port is missing, and nothing about its own parts', async () => {
    const program = image.start({ command: ['read', 'linky', '/dev/does-not-exist'] })
    expect(await program.ended).toBe(1)
    expect(program.stderr()).toContain('/dev/does-not-exist does not exist')
    expect(program.stderr()).not.toMatch(/addon|serialport|native build|Cannot find/i)
  })
})

describe('the image hearth', () => {
  it('runs the service with the configuration that is mounted', async () => {
    const hearth = buildImage('hearth')
    expect(hearth.config).toMatchObject({
      user: `${UID}:${DIALOUT}`,
      command: ['run'],
      ports: ['10790/tcp'],
      labels: { 'org.opencontainers.image.title': 'hearth' },
    })
    const meter = await simulateLinky('document', '--pace', '10')
    const folder = temporaryFolder()
    const config = join(folder, 'hearth.yml')
    writeFileSync(
      config,
      JSON.stringify({ listen: '127.0.0.1:0', devices: { meter: { type: 'linky', port: meter.place } } }),
    )
    chmodSync(folder, 0o755)
    chmodSync(config, 0o644)
    const program = hearth.start({ config })
    const [, url = ''] = await program.waitFor(/listening.*?(http:\/\/[^\s/"]+)/)
    await until('the meter is up', async () => {
      const { text } = await get(`${url}/metrics`)
      return text.includes('hearth_device_up{device="meter"} 1') ? text : undefined
    })
    await program.stop()
  })
})

/** The pseudo-terminal of a simulated meter. */
async function serialPort(): Promise<string> {
  const { place } = await simulateLinky('document', '--pace', '10', '--pty', join(temporaryFolder(), 'meter'))
  return realpathSync(place)
}
