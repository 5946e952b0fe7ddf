import { defineConfig } from 'vitest/config'

/** Sweeps are too long for every run: npm run sweep. */
export default defineConfig({
  test: { include: ['src/**/*.sweep.ts'], testTimeout: 1_800_000 },
})
