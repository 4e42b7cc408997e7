import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [svelte({ configFile: false })],
  test: {
    include: ['src/**/*.test.ts', '*.test.ts'],
    server: { deps: { inline: ['@lucide/svelte', 'bits-ui', 'svelte-sonner', 'svelte-toolbelt', 'runed'] } },
  },
})
