import { describe, expect, it } from 'vitest'
import { findViolations } from './import-rules.ts'

const file = (path: string, ...targets: string[]) => ({
  path,
  text: targets.map(target => `import { x } from '${target}'`).join('\n'),
})

describe('findViolations', () => {
  it('accepts arrows along the flow', () => {
    expect(
      findViolations([
        file('src/core/clock.ts'),
        file('src/devices/linky/feed.ts', '../../core/clock.ts', './protocol.ts'),
        file('src/devices/linky/protocol.ts'),
        file('src/devices/index.ts', './linky/feed.ts'),
        file('src/cli/run.ts', '../devices/index.ts', '../web/listener.ts'),
        file('src/web/listener.ts', '../expose/types.ts'),
        file('src/expose/types.ts', '../core/clock.ts'),
        file('src/main.ts', './cli/run.ts', './core/clock.ts'),
      ]),
    ).toEqual([])
  })

  it.each([
    ['a device that knows HTTP', 'src/devices/linky/feed.ts', '../../web/listener.ts'],
    ['a renderer that knows a device', 'src/expose/text.ts', '../devices/linky/index.ts'],
    ['a core that imports anything', 'src/core/clock.ts', '../store/slot.ts'],
    ['one device importing another', 'src/devices/linky/feed.ts', '../intergas/protocol.ts'],
    ['a folder nobody planned', 'src/utils/text.ts', '../core/clock.ts'],
    ['shipped code that imports test parts', 'src/store/slot.ts', '../testing/fake-clock.ts'],
  ])('refuses %s', (_name, path, target) => {
    expect(findViolations([file(path, target)])).toHaveLength(1)
  })

  it('sees type imports, dynamic imports and re-exports', () => {
    const text =
      "import type { A } from '../web/a.ts'\nconst b = await import('../web/b.ts')\nexport { c } from '../web/c.ts'"
    expect(findViolations([{ path: 'src/core/x.ts', text }])).toHaveLength(3)
  })

  it('wants simulators to be loaded when they are asked for', () => {
    const text = (line: string) => [
      { path: 'src/devices/x/index.ts', text: `import a from './a.ts'\n${line}\n` },
    ]
    expect(findViolations(text("import { s } from './simulator/index.ts'"))).toHaveLength(1)
    expect(findViolations(text("export * from './simulator/index.ts'"))).toHaveLength(1)
    expect(findViolations(text("const s = () => import('./simulator/index.ts')"))).toEqual([])
    expect(findViolations(text("import type { S } from './simulator/index.ts'"))).toEqual([])
  })

  it('finds a circle', () => {
    const [problem] = findViolations([file('src/web/a.ts', './b.ts'), file('src/web/b.ts', './a.ts')])
    expect(problem).toContain('src/web/a.ts -> src/web/b.ts -> src/web/a.ts')
  })

  it('leaves tests alone', () => {
    expect(findViolations([file('src/store/slot.test.ts', '../testing/fake-clock.ts')])).toEqual([])
  })
})
