import adapterStatic from '@sveltejs/adapter-static'
import type { Adapter } from '@sveltejs/kit'
import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * The static adapter, with the start-up script of the page moved into a file of its own: the server answers with
 * `script-src 'self'`, which refuses inline scripts.
 *
 * @param folder where the built interface goes (absolute)
 * @param fallback the page that answers every address
 */
export function externalBootstrap({ folder, fallback }: { folder: string; fallback: string }): Adapter {
  const inner = adapterStatic({ pages: folder, assets: folder, fallback })
  return {
    ...inner,
    name: 'tessera-static',
    async adapt(builder) {
      await inner.adapt(builder)
      const page = join(folder, fallback)
      const { html, script } = takeInlineScript(
        await readFile(page, 'utf8'),
        (name) => `/_app/immutable/${name}`,
      )
      await writeFile(join(folder, '_app', 'immutable', script.name), script.text)
      await writeFile(page, html)
      await builder.compress(folder)
    },
  }
}

/** Splits the one inline script off a page; throws where the page has none or several. */
export function takeInlineScript(html: string, address: (name: string) => string) {
  const inline = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)]
  const [match] = inline
  if (match === undefined || inline.length > 1)
    throw new Error(
      `The page has ${inline.length} inline scripts; exactly one, the start-up script, is expected.`,
    )
  const text = (match[1] as string).trim()
  const name = `bootstrap.${createHash('sha256').update(text).digest('hex').slice(0, 12)}.js`
  return { html: html.replace(match[0], `<script src="${address(name)}"></script>`), script: { name, text } }
}
