import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../support/hearth.ts'

/** One way to install hearth, as a migration page tells it. */
export interface Way {
  readonly heading: string
  /** From the original to hearth. */
  readonly there: readonly string[]
  readonly back: readonly string[]
}

export interface MigrationPage {
  readonly text: string
  readonly headings: readonly string[]
  readonly ways: readonly Way[]
  /** Commands that show that it works. */
  readonly proof: readonly string[]
  /** The configuration of Prometheus. */
  readonly prometheus: string
  /** The file of variables that a page has its reader write. */
  readonly variables: string
}

const ALTERNATIVE = /^# or from a built checkout: (.*)$/

function blocks(text: string, language: string): readonly string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ([, block = '']) => block,
  )
}

/** The commands of a block; with `isCheckout` a line that has another one for a checkout gives way to it. */
export function commands(block: string, isCheckout: boolean): readonly string[] {
  const lines: string[] = []
  for (const line of block.split('\n')) {
    const [, other] = ALTERNATIVE.exec(line) ?? []
    if (other !== undefined && isCheckout) lines[lines.length - 1] = other
    if (line !== '' && !line.startsWith('#')) lines.push(line.replace(/\s+#.*$/, ''))
  }
  return lines
}

/** Reads docs/migration/NAME.md. */
export function migrationPage(name: string, isCheckout: boolean): MigrationPage {
  const text = readFileSync(join(ROOT, 'docs/migration', `${name}.md`), 'utf8')
  const [, ...sections] = text.split(/^## /m)
  const parts = sections.map(section => ({
    heading: section.slice(0, section.indexOf('\n')),
    shell: blocks(section, 'sh').map(block => commands(block, isCheckout)),
  }))
  const ways = parts
    .filter(({ shell }) => shell.length === 2)
    .map(({ heading, shell: [there = [], back = []] }) => ({ heading, there, back }))
  const [proof = []] = parts.at(-1)?.shell ?? []
  const [prometheus = ''] = blocks(text, 'yaml')
  const [variables = ''] = blocks(text, 'ini')
  return { text, headings: parts.map(({ heading }) => heading), ways, proof, prometheus, variables }
}
