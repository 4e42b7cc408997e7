import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['platform/**/*.test.ts', 'plugins/**/*.test.ts', 'tests/**/*.test.ts'],
    globalSetup: 'tests/harness/global-setup.ts',
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
})
