import { copyFileSync, linkSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeDebianPackage } from '../../scripts/release/debian-package.ts'
import { makeSingleFile } from '../../scripts/release/single-file.ts'
import { drivers } from '../../src/devices/index.ts'
import { HERE, VERSION } from '../packaging/release.ts'
import { cleanUp, temporaryFolder } from '../support/clean-up.ts'
import { ROOT } from '../support/hearth.ts'
import { runOnce } from '../support/run-once.ts'
import { until } from '../support/until.ts'
import { type Machine, startMachine } from './machine.ts'
import { ORIGINALS, type Original } from './originals.ts'
import { migrationPage } from './pages.ts'
import { composeServices } from './stand-ins/compose.ts'

afterAll(cleanUp)

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const FIRST_VALUES_MS = 30_000

describe('the migration pages', () => {
  it('are one for each original', () => {
    expect(ORIGINALS.map(({ command }) => command).sort()).toEqual(
      drivers.map(({ dropIn }) => dropIn.name).sort(),
    )
  })

  it('have one shape', () => {
    const shapes = ORIGINALS.map(({ page }) => migrationPage(page, false).headings.join('\n'))
    expect(new Set(shapes).size).toBe(1)
    for (const { page } of ORIGINALS) expect(migrationPage(page, false).ways, page).toHaveLength(4)
  })

  it.each(ORIGINALS)(
    '$page is linked from the README and from its device, and links to its deviations',
    ({ page, command }) => {
      expect(read('README.md')).toContain(`(docs/migration/${page}.md)`)
      expect(read(`src/devices/${page}/README.md`)).toContain(`(../../../docs/migration/${page}.md)`)
      const [, anchor] = /\.\.\/deviations\.md#(\S+)\)/.exec(migrationPage(page, false).text) ?? []
      const headings = [...read('docs/deviations.md').matchAll(/^## (.*)$/gm)].map(([, text = '']) => text)
      const anchors = headings.map(text =>
        text
          .toLowerCase()
          .replace(/[^\w -]/g, '')
          .replaceAll(' ', '-'),
      )
      expect(anchors).toContain(anchor)
      expect(anchor).toMatch(new RegExp(`^${command}-`))
    },
  )

  it.each(ORIGINALS)('promtool takes the configuration of $page', ({ page }) => {
    const file = join(temporaryFolder(), 'prometheus.yml')
    writeFileSync(file, migrationPage(page, false).prometheus)
    expect(runOnce('promtool', ['check', 'config', file])).toMatchObject({ exitCode: 0, stderr: '' })
  })
})

describe.each(ORIGINALS)('the compose file of $page', ({ page, command, port }) => {
  const services = composeServices(join(ROOT, 'packaging/compose', `${page}.yml`), {})
  const service = services[command]

  it('is one service: the image, its port, its health check', () => {
    expect(Object.keys(services)).toEqual([command])
    expect(service).toMatchObject({ image: `${command}:latest`, ports: [`${port}:${port}`] })
    expect(service?.healthcheck.test.slice(-2)).toEqual(['healthy', command])
  })

  it('names variables that the drop-in knows, and no secret', () => {
    const options = drivers.find(({ dropIn }) => dropIn.name === command)?.dropIn.options ?? []
    const known = options.flatMap(({ env }) => env ?? [])
    for (const name of Object.keys(service?.environment ?? {})) {
      expect(known).toContain(name)
      expect(name).not.toMatch(/PASSWORD|TOKEN|USER/)
    }
  })
})

/** What a release puts beside one another, and the root tree of its images. */
let release: { readonly files: readonly string[]; readonly images: string }

beforeAll(() => {
  const folder = temporaryFolder()
  const program = join(folder, `hearth-${VERSION}-linux-x64`)
  makeSingleFile(HERE, program)
  const parts = { version: VERSION, processor: HERE, program, notices: '', bom: '', date: 1_700_000_000 }
  const debian = makeDebianPackage(parts, folder)
  const images = join(folder, `hearth-${VERSION}-images-linux-x64.tar.gz`)
  // What is in the archive has its own test; here the tree that it is made of is run.
  writeFileSync(images, '')
  const tree = join(temporaryFolder(), 'images')
  const assembled = runOnce('sh', [join(ROOT, 'packaging/container/assemble.sh'), tree])
  if (assembled.exitCode !== 0) throw new Error(`assemble.sh ended: ${assembled.stderr}`)
  release = { files: [program, debian, images], images: tree }
})

describe.each(ORIGINALS)('from the original of $page to hearth and back', original => {
  const { page, command, port, shows } = original
  const { ways, proof, prometheus, variables } = migrationPage(page, original.isCheckout)
  let machine: Machine

  beforeAll(async () => {
    machine = await startMachine({
      home: homeFolder(page, variables),
      images: release.images,
      names: ['servicewelt', 'ems-esp.local'],
      address: '192.168.1.30',
    })
    prepare(machine, original)
    await startDevice(machine, original)
  })
  afterAll(() => machine?.stop())

  async function whole(): Promise<string> {
    return until(
      `${page}: the series of the document`,
      () => {
        const pages = proof.map(line => machine.run(line).stdout).join('')
        return shows.every(pattern => pattern.test(pages)) ? pages : undefined
      },
      FIRST_VALUES_MS,
    ).catch((error: unknown) => {
      const logs = machine.run('tail -n 20 /var/log/machine/*.log').stdout
      throw new Error(
        `${error}\n${proof
          .map(line => machine.run(line).stdout)
          .join('')
          .slice(0, 2_000)}\n${logs}`,
      )
    })
  }

  it.each(ways)('$heading', async ({ heading, there, back }) => {
    const kind = original.runsAs(heading)
    startOriginal(machine, original, kind)
    await originalAnswers(machine, original, kind)

    for (const line of there) machine.must(line)
    await whole()
    if (original.scraped && heading.includes('Debian'))
      await prometheusHasIt(machine, prometheus, original.scraped)
    if (heading.includes('compose')) {
      const { healthcheck } =
        composeServices(join(ROOT, 'packaging/compose', `${page}.yml`), {})[command] ?? {}
      machine.must(`docker exec root-${command}-1 ${healthcheck?.test.slice(1).join(' ')}`)
    }

    for (const line of back) machine.must(line)
    await originalAnswers(machine, original, kind)
    if (kind === 'gateway') expect(machine.run(`curl -s http://localhost:${port}/`).exitCode).not.toBe(0)
    endOriginal(machine, original, kind)
  })
})

/** The folder that a reader stands in: the files of the release, of this project, and his own. */
function homeFolder(page: string, variables: string): string {
  const home = join(temporaryFolder(), 'root')
  mkdirSync(home)
  for (const file of release.files) linkSync(file, join(home, file.slice(file.lastIndexOf('/') + 1)))
  symlinkSync('/opt/hearth/packaging', join(home, 'packaging'))
  copyFileSync(join(ROOT, 'packaging/compose', `${page}.yml`), join(home, `${page}.yml`))
  const account = variables.replace('me@example.org', 'demo@example.org').replace('=secret', '=demo')
  writeFileSync(
    join(home, 'kronoterm.env'),
    `${account}PROMETHEUS_UPDATE_INTERVAL=10\nKRONOTERM_CLOUD_URL=http://127.0.0.1:8999\n`,
  )
  writeFileSync(join(home, 'isg.env'), ISG_VARIABLES)
  return home
}

const ISG_VARIABLES = 'ISG_URL=http://servicewelt\nISG_USER=me\nISG_PASSWORD=secret\nINTERVAL=1\n'

/** Puts an original where its document has it: a program, a unit that is like the sample of isg_exporter, its variables. */
function prepare(machine: Machine, { command, port }: Original): void {
  const node = '/opt/hearth/node_modules/.bin/node'
  const original = `#!/bin/sh\nexec ${node} /opt/hearth/test/migration/stand-ins/original.ts ${port}\n`
  const isIsg = command === 'isg_exporter'
  const program = isIsg ? '/usr/local/bin/isg_exporter' : '/usr/local/bin/original'
  const unit = `[Unit]\nAfter=network.target\n[Service]\nUser=daemon\n${isIsg ? 'EnvironmentFile=/etc/default/isg_exporter\n' : ''}ExecStart=${program}\n[Install]\nWantedBy=multi-user.target\n`
  put(machine, '/usr/local/bin/original', original)
  put(machine, program, original)
  put(machine, `/usr/share/original.service`, unit)
  if (isIsg) put(machine, '/etc/default/isg_exporter', ISG_VARIABLES)
}

function put(machine: Machine, path: string, text: string): void {
  machine.must(`printf %s '${text}' >${path} && chmod 755 ${path}`)
}

async function startDevice(machine: Machine, { device, serialPort }: Original): Promise<void> {
  machine.must(
    `setsid /opt/hearth/bin/hearth simulate ${device} >/var/log/machine/device.log 2>&1 </dev/null &`,
  )
  await until('the device', () =>
    machine.run('grep -q "simulated on" /var/log/machine/device.log').exitCode === 0 ? true : undefined,
  )
  // As udev does with a serial adapter.
  if (serialPort !== undefined)
    machine.must(`port=$(readlink -f ${serialPort}) && chown root:dialout "$port" && chmod 660 "$port"`)
}

function startOriginal(machine: Machine, { command, port }: Original, kind: string): void {
  if (kind === 'unit')
    machine.must(
      `cp /usr/share/original.service /etc/systemd/system/${command}.service && systemctl enable --now ${command}`,
    )
  if (kind === 'container') machine.must(`docker run -d -p ${port}:${port} original`)
}

function endOriginal(machine: Machine, { command }: Original, kind: string): void {
  if (kind === 'unit')
    machine.must(`systemctl disable --now ${command} && rm /etc/systemd/system/${command}.service`)
  if (kind === 'container') machine.must('docker rm --force original')
}

async function originalAnswers(machine: Machine, { port }: Original, kind: string): Promise<void> {
  const [url, says] =
    kind === 'gateway'
      ? ['http://ems-esp.local/api/boiler/metrics', 'emsesp_circmode']
      : [`http://localhost:${port}/`, 'the original answers']
  await until(`${says} at ${url}`, () =>
    machine.run(`curl -s ${url}`).stdout.includes(says) ? true : undefined,
  )
}

/** A real Prometheus with the configuration of the page, only in more of a hurry. */
async function prometheusHasIt(
  machine: Machine,
  text: string,
  { series, targets }: NonNullable<Original['scraped']>,
): Promise<void> {
  const hurried = `global: { scrape_interval: 1s, scrape_timeout: 1s }\n${text.replace(/^global:\n(?: .*\n)+/m, '').replace(/^ +scrape_interval:.*\n/m, '')}`
  put(machine, '/tmp/prometheus.yml', hurried.replaceAll("'", '"'))
  machine.must(
    'setsid prometheus --config.file=/tmp/prometheus.yml --storage.tsdb.path=/tmp/prometheus --web.listen-address=127.0.0.1:9090 >/var/log/machine/prometheus.log 2>&1 </dev/null & echo $! >/tmp/prometheus.pid',
  )
  const ask = (query: string) =>
    machine.run(`curl -s --get --data-urlencode 'query=${query}' http://127.0.0.1:9090/api/v1/query`).stdout
  await until(`${targets} targets that are up`, () => {
    const up = ask('up == 1').match(/"__name__":"up"/g) ?? []
    return up.length === targets || undefined
  })
  await until(series, () => (ask(series).includes('"metric":{') ? true : undefined))
  machine.must('kill $(cat /tmp/prometheus.pid)')
}
