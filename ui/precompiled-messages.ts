import { parse } from '@formatjs/icu-messageformat-parser'
import type { Plugin } from 'vite'

/** Reads messages with placeholders while the interface is built, so that no browser loads what reads them. */
export function precompiledMessages(): Plugin {
  return {
    name: 'tessera-precompiled-messages',
    // Before Vite makes a module of the JSON.
    enforce: 'pre',
    config: () => ({
      resolve: {
        alias: [
          {
            find: /^@formatjs\/icu-messageformat-parser$/,
            replacement: '@formatjs/icu-messageformat-parser/no-parser.js',
          },
        ],
      },
    }),
    transform: {
      filter: { id: /\/i18n\/[\w-]+\.json$/ },
      handler: (catalogue: string) => JSON.stringify(precompiled(catalogue)),
    },
  }
}

/** A catalogue (JSON) with its messages read where they have placeholders; the others stay as they are. */
export function precompiled(catalogue: string): Readonly<Record<string, unknown>> {
  const messages = Object.entries(JSON.parse(catalogue) as Record<string, string>)
  return Object.fromEntries(
    messages.map(([key, text]) => [key, text.includes('{') ? parse(text, { captureLocation: false }) : text]),
  )
}
