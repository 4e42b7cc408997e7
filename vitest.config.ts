import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

const interfaceCode = {
  plugins: [svelte({ configFile: false, compilerOptions: { runes: true } })],
  // Without it vitest takes Svelte's build for the server, where runes do not react.
  resolve: { conditions: ['browser'] },
}

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    // Processes that a test starts in folders of their own open what it has sealed.
    env: { TESSERA_SECRET_KEY: 'dGVzdHMgb25seSwgdGVzdHMgb25seSwgdGVzdHMgb24=' },
    projects: [
      {
        test: {
          name: 'platform',
          include: ['platform/**/*.test.ts', 'plugins/**/*.test.ts', 'tests/**/*.test.ts'],
          exclude: ['tests/browser/**'],
          globalSetup: 'tests/harness/global-setup.ts',
          // Modules are loaded once per worker; every file has a database of its own.
          isolate: false,
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          globalSetup: ['tests/harness/global-setup.ts', 'tests/browser/interface-for-tests.ts'],
          isolate: false,
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
      {
        ...interfaceCode,
        test: { name: 'ui', include: ['ui/src/**/*.svelte.test.ts'] },
      },
      {
        ...interfaceCode,
        test: {
          name: 'ui-plain',
          include: ['ui/src/**/*.test.ts', 'ui/*.test.ts'],
          // What lives in modules with runes is one for all tests of a worker.
          exclude: ['ui/src/**/*.svelte.test.ts'],
          isolate: false,
        },
      },
    ],
  },
})
