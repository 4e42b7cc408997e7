import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { JsonSchema } from '../contract/components.ts'
import type { OpenApi } from './build-openapi.ts'

type Html = HtmlEscapedString | Promise<HtmlEscapedString>

/**
 * The document as a page to read: plain HTML without any script, because the policy of the pages allows none from
 * elsewhere and the usual viewers need one.
 */
export function docsPage(api: OpenApi): Html {
  const tags = api.tags.filter(({ name }) => operationsOf(api, name).length > 0)
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Tessera API</title>
        <style>
          ${raw(style)}
        </style>
      </head>
      <body>
        <nav>${tags.map(({ name, description }) => html`<a href="#${name}">${description}</a>`)}</nav>
        <main>
          <h1>API</h1>
          <p>${api.info.description}</p>
          <p>The same for machines: <a href="/api/openapi.json">openapi.json</a></p>
          ${tags.map(({ name, description }) => section(api, name, description))}
        </main>
      </body>
    </html>`
}

function section(api: OpenApi, tag: string, heading: string): Html {
  const schema = (api.components.schemas as Record<string, JsonSchema>)[tag]
  return html`<section id="${tag}">
    <h2>${heading} <code>${tag}</code></h2>
    ${schema === undefined ? '' : fieldTable(schema)}
    ${operationsOf(api, tag).map(
      ([method, path, { summary, description, requestBody }]) =>
        html`<details>
          <summary><b class="${method}">${method.toUpperCase()}</b> <code>${path}</code> ${summary}</summary>
          ${description === undefined ? '' : html`<p>${description}</p>`}
          ${requestBody === undefined ? '' : html`<pre>${bodyOf(requestBody as JsonSchema)}</pre>`}
        </details>`,
    )}
  </section>`
}

function operationsOf(api: OpenApi, tag: string): (readonly [string, string, JsonSchema])[] {
  return Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, operation]) => (operation.tags as string[]).includes(tag))
      .map(([method, operation]) => [method, path, operation] as const),
  )
}

function fieldTable({ properties }: JsonSchema): Html {
  return html`<table>
    ${Object.entries(properties as Record<string, JsonSchema>).map(
      ([name, schema]) =>
        html`<tr>
          <td><code>${name}</code></td>
          <td>${typeText(schema)}</td>
          <td>${schema.description ?? ''}</td>
        </tr>`,
    )}
  </table>`
}

/** A type in a few words: `string (uuid)`, `one of a, b, c`, `order_line[]`. */
function typeText(schema: JsonSchema): string {
  const { type, format, anyOf, enum: choices, items, $ref } = schema
  if (typeof $ref === 'string') return $ref.split('/').at(-1) ?? ''
  if (Array.isArray(anyOf))
    return [...new Set((anyOf as JsonSchema[]).map(typeText))].filter((text) => text !== 'null').join(' or ')
  if (Array.isArray(choices))
    return `one of ${choices.slice(0, 12).join(', ')}${choices.length > 12 ? ' …' : ''}`
  if (type === 'array') return `${typeText((items ?? {}) as JsonSchema)}[]`
  return `${String(type ?? 'any')}${typeof format === 'string' ? ` (${format})` : ''}`
}

function bodyOf(requestBody: JsonSchema): string {
  const [content] = Object.values(requestBody.content as Record<string, { schema: JsonSchema }>)
  return JSON.stringify(content?.schema ?? {}, null, 2)
}

const style = `
:root { color-scheme: light dark; font: 14px/1.5 system-ui, sans-serif }
body { margin: 0; display: grid; grid-template-columns: 220px minmax(0, 1fr) }
nav { position: sticky; top: 0; height: 100vh; overflow: auto; padding: 16px; box-sizing: border-box;
  border-right: 1px solid color-mix(in srgb, currentColor 15%, transparent) }
nav a { display: block; padding: 4px 0; color: inherit; text-decoration: none }
main { padding: 24px 32px; max-width: 1000px }
h2 { margin-top: 40px } h2 code { font-size: 12px; opacity: .6 }
table { border-collapse: collapse; width: 100%; margin-bottom: 12px }
td { border-top: 1px solid color-mix(in srgb, currentColor 12%, transparent); padding: 4px 12px 4px 0; vertical-align: top }
details { border-top: 1px solid color-mix(in srgb, currentColor 12%, transparent); padding: 6px 0 }
summary { cursor: pointer } summary b { display: inline-block; width: 60px; font-size: 11px }
pre { overflow: auto; font-size: 12px; padding: 12px; background: color-mix(in srgb, currentColor 5%, transparent) }
@media (max-width: 800px) { body { display: block } nav { position: static; height: auto; border: 0 } }`
