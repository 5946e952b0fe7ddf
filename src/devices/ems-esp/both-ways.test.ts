import { describe, expect, it } from 'vitest'
import { systemClock } from '../../core/clock.ts'
import { readEntities } from './entities.ts'
import { objectOf } from './json.ts'
import { machineText } from './machine-text.ts'
import { readMachineText } from './machine-text-reader.ts'
import { emsEspSimulator } from './simulator/index.ts'
import { readSystem } from './system-document.ts'
import { factsOf, planOf } from './system-poll.ts'
import { systemText } from './system-text.ts'
import { isOwnWord } from './words.ts'

const SCENARIOS = [
  ...['firmware-3.8', 'firmware-3.8.2', 'firmware-3.9', 'document', 'heat-pump', 'fourteen-devices'],
  ...['german', 'dutch', 'bool-format-1', 'bool-format-2', 'bool-format-3', 'bool-format-4'],
  ...['bool-format-5', 'bool-format-6', 'enum-format-2', 'german-bool-format-2', 'dutch-index'],
  ...['renamed', 'masked', 'odd-texts', 'no-endpoint', 'fahrenheit', 'restarted', 'low-memory'],
]

function gatewayOf(scenario: string) {
  const gateway = emsEspSimulator.start({ scenario, seed: 1, clock: systemClock, pace: 1 })
  const document = readSystem(objectOf(gateway.answer('/api/system').body, 'system'), 'system')
  return { gateway, document, facts: factsOf(document) }
}

/** Where JSON has lost digits: run times counted in seconds, pressures of more than four digits, rooms of an EasyControl. */
const LOST = /^emsesp_(?:uptime\w+|hpsetdiffpress|setdiffpress|seltemp|currtemp)/

describe.each(SCENARIOS)('%s', scenario => {
  const { gateway, document, facts } = gatewayOf(scenario)

  it('derives from JSON, line for line, the text that the gateway gives itself', () => {
    const words = planOf(document).filter(({ word, isEmpty }) => !isOwnWord(word) && !isEmpty)
    expect(words.length).toBeGreaterThan(0)
    for (const { word } of words) {
      const own = gateway.answer(`/api/${word}/metrics`)
      const entities = objectOf(gateway.answer(`/api/${word}/entities`).body, word)
      const read = readEntities(entities, { word, locale: facts.locale })
      expect(read.damaged, word).toBe(0)
      if (own.status !== 200) continue
      const same = (text: string) =>
        text
          .split('\n')
          .map(line => (LOST.test(line) ? line.replace(/ [\d.]+$/, ' ?') : line))
          .join('\n')
      expect(same(machineText(read.entities)), word).toBe(same(own.body))
      expect(machineText(readMachineText(own.body, word)), word).toBe(own.body)
    }
  })

  it('derives the text of the gateway itself', () => {
    const own = gateway.answer('/api/system/metrics')
    if (own.status === 200) expect(systemText(document)).toBe(own.body)
    expect(systemText(document)).toContain('emsesp_bus_info{busstatus="connected"')
  })
})
