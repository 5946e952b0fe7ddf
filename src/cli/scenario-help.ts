import type { Driver } from '../core/driver.ts'

/** The part of `hearth simulate --help` that names every scenario of every device. */
export async function scenarioHelp(drivers: readonly Driver[]): Promise<string> {
  const parts = drivers.map(async driver => {
    const { scenarios } = await driver.simulator()
    const width = Math.max(...scenarios.map(({ name }) => name.length))
    const lines = scenarios.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`)
    return `\nScenarios of ${driver.type}:\n${lines.join('\n')}`
  })
  return (await Promise.all(parts)).join('\n')
}
