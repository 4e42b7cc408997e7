import { sveltekit } from '@sveltejs/kit/vite'
import { defineConfig } from 'vite'
import { externalBootstrap } from './external-bootstrap.ts'
import { precompiledMessages } from './precompiled-messages.ts'

const root = import.meta.dirname
/** Where the built interface goes. */
const folder = process.env.TESSERA_INTERFACE_FOLDER ?? `${root}/build`
const server = process.env.TESSERA_SERVER ?? 'http://127.0.0.1:3000'

export default defineConfig({
  root,
  plugins: [
    precompiledMessages(),
    sveltekit({
      adapter: externalBootstrap({ folder, fallback: 'index.html' }),
      compilerOptions: { runes: true },
      paths: { relative: false },
      version: { name: 'tessera', pollInterval: 0 },
    }),
  ],
  build: { target: 'es2022' },
  server: { proxy: { '/api': server } },
})
