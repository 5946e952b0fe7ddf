import { configDefaults, defineConfig } from 'vitest/config'

/** Tests that install packages, take the usual ports, measure memory, or use up what the whole machine has. */
const ALONE = [
  'test/docs/*.test.ts',
  'test/migration/*.test.ts',
  'test/one-folder/*.test.ts',
  'test/packaging/container*.test.ts',
  'test/packaging/prometheus-example*.test.ts',
  'test/packaging/release*.test.ts',
  'test/packaging/systemd*.test.ts',
  'test/runtimes/*.test.ts',
  'test/e2e/hardship*.test.ts',
  'test/e2e/one-house*.test.ts',
  'test/e2e/service*.test.ts',
]

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
          testTimeout: 60_000,
          maxWorkers: '100%',
          sequence: { groupOrder: 0 },
        },
      },
      // They start real programs on a small machine and mostly wait for them: two at a time leave their timing honest.
      {
        test: {
          name: 'whole',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...ALONE],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'alone',
          include: ALONE,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
