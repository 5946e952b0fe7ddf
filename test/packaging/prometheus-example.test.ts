import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { cleanUp } from '../support/clean-up.ts'
import { startGateway, startIsgExporter } from '../support/gateway.ts'
import {
  ROOT,
  simulate,
  simulateLinky,
  startDropIn,
  startIntergasExporter,
  startKronotermRelay,
  startLinkyExporter,
  startRun,
} from '../support/hearth.ts'
import { startPrometheus } from '../support/prometheus.ts'
import { runOnce } from '../support/run-once.ts'
import { until } from '../support/until.ts'

const FILE = join(ROOT, 'packaging/prometheus/prometheus.yml')

afterAll(cleanUp)

describe('the example for Prometheus', () => {
  it('is accepted by promtool without a warning', () => {
    const { exitCode, stdout, stderr } = runOnce('promtool', ['check', 'config', FILE])
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(stdout).toContain('is valid prometheus config file syntax')
  })

  it('finds every device once, and the drop-ins beside them', async () => {
    const [first, second] = [
      await simulateLinky('document', '--pace', '10'),
      await simulateLinky('hc', '--pace', '10'),
    ]
    const house = await startRun({
      cellar: { type: 'linky', port: first.place },
      barn: { type: 'linky', port: second.place },
    })
    const boiler = await simulate('intergas', 'document', '--pace', '10')
    const gateway = await startGateway('document')
    const cloud = await simulate('kronoterm-cloud', 'document')
    const emsEsp = await simulate('ems-esp', 'document')
    const dropIns = [
      { port: '8123', serving: await startLinkyExporter(first.place) },
      { port: '8080', serving: await startIntergasExporter(boiler.place) },
      { port: '8081', serving: await startIsgExporter(gateway.place) },
      { port: '8555', serving: await startKronotermRelay(cloud.place) },
      { port: '8084', serving: await startDropIn('ems-esp', { EMS_ESP_URL: emsEsp.place }) },
    ].map(({ port, serving }) => ({ port, host: new URL(serving.url).host }))
    const text = dropIns.reduce(
      (all, { port, host }) => all.replaceAll(`'127.0.0.1:${port}'`, `'${host}'`),
      readFileSync(FILE, 'utf8').replaceAll('127.0.0.1:10790', new URL(house.url).host),
    )
    const { scrape_configs: jobs } = z
      .object({ scrape_configs: z.array(z.record(z.string(), z.unknown())) })
      .parse(parse(text))
    const prometheus = await startPrometheus(jobs)

    const targets = await until('ten targets that are up', async () => {
      const up = await prometheus.query('up == 1')
      return up.length === 10 ? up : undefined
    })
    expect(targets.map(({ labels }) => `${labels['job']} ${labels['instance']}`).sort()).toEqual(
      [
        'hearth-devices barn',
        'hearth-devices cellar',
        ...['boiler', 'system', 'thermostat'].map(() => `emsesp ${dropIns[4]?.host}`),
        `hearth ${new URL(house.url).host}`,
        `intergas-exporter ${dropIns[1]?.host}`,
        `isg_exporter ${dropIns[2]?.host}`,
        `heat-pump ${dropIns[3]?.host}`,
        `linky-exporter ${dropIns[0]?.host}`,
      ].sort(),
    )
    const devices = await until('both meters', async () => {
      const found = await prometheus.query('hearth_device_up == 1')
      return found.length >= 2 ? found : undefined
    })
    expect(devices.map(({ labels }) => `${labels['job']} ${labels['device']}`).sort()).toEqual([
      'hearth-devices barn',
      'hearth-devices cellar',
    ])
    expect(await prometheus.waitForData('hearth_build_info{job="hearth"}')).toHaveLength(1)
    expect(await prometheus.waitForData('linky_papp{job="linky-exporter"}')).toHaveLength(1)
    expect(await prometheus.waitForData('emsesp_circmode{job="emsesp",device="boiler"} == 1')).toHaveLength(1)
    expect(await prometheus.waitForData('intergas_tapflow{job="intergas-exporter"}')).toHaveLength(1)
    expect(await prometheus.waitForData('heat_pump_pressure_bar{job="heat-pump"}')).toHaveLength(1)
    expect(await prometheus.waitForData('isg_vorlauftemp{job="isg_exporter"}')).toHaveLength(1)
  })
})
