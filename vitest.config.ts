import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { include: ['platform/**/*.test.ts', 'plugins/**/*.test.ts', 'tests/**/*.test.ts'] },
})
