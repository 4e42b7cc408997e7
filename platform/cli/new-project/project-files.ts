import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

type Json = Readonly<Record<string, unknown>>

/** The files of a new project, by path: a tenant on top of the shipped packages, with a first change to one of them. */
export function projectFiles(name: string, shippedFolder: string): ReadonlyMap<string, string> {
  const label = name.charAt(0).toUpperCase() + name.slice(1).replaceAll('_', ' ')
  const json = (value: Json) => `${JSON.stringify(value, null, 2)}\n`
  return new Map([
    [
      'tessera.project.json',
      json({
        $schema: './schemas/project.json',
        tenants: {
          [name]: { label, packages: ['sales', name], currency: 'USD', locale: 'en', time_zone: 'UTC' },
        },
      }),
    ],
    [
      `metadata/${name}/tessera.json`,
      json({
        $schema: '../../schemas/manifest.json',
        name,
        label,
        version: '0.1.0',
        needs: { crm: '^1.0.0', sales: '^1.0.0' },
      }),
    ],
    [`metadata/${name}/objects/account.json`, json(firstOverlay)],
    [`metadata/${name}/pages/account.json`, json(firstPage)],
    [`workflows/${name}/.gitkeep`, ''],
    ['plugins/.gitkeep', ''],
    ['.gitignore', '.tessera/\n'],
    ['README.md', readme(name, label)],
    ...schemaFiles(join(shippedFolder, 'platform/definitions/schemas')),
  ])
}

const firstOverlay = {
  $schema: '../../../schemas/object.patch.json',
  name: 'account',
  fields: {
    vat_number: {
      type: 'text',
      label: { en: 'VAT number', 'zh-CN': '增值税号' },
      help: { en: 'As on invoices, with the country in front.', 'zh-CN': '与发票一致，含国家代码前缀。' },
      max_length: 20,
    },
  },
}

const firstPage = {
  $schema: '../../../schemas/page.patch.json',
  name: 'account',
  sections: {
    tax: { label: { en: 'Tax', 'zh-CN': '税务' }, fields: ['vat_number'] },
  },
}

/** What editors complete from: schemas of whole documents, and of changes to earlier ones (`object.patch.json`). */
function schemaFiles(folder: string): [string, string][] {
  const names = readdirSync(folder).filter((file) => file.endsWith('.json'))
  return names.map((file) => [`schemas/${file}`, readFileSync(join(folder, file), 'utf8')])
}

function readme(name: string, label: string): string {
  return `# ${label}

A Tessera project: what \`${name}\` declares on top of the packages that ship with the platform.

| path                   | what it is                                                              |
| ---------------------- | ----------------------------------------------------------------------- |
| \`tessera.project.json\` | the tenants, and the packages that each one uses                        |
| \`metadata/${name}/\`     | objects, roles, views, pages, apps: new ones, and changes to shipped ones |
| \`workflows/${name}/\`    | processes                                                               |
| \`plugins/\`             | what cannot be declared, in TypeScript                                  |
| \`schemas/\`             | for editors; write \`$schema\` at the top of a document: \`object.json\` in a new object, \`object.patch.json\` in a change to one of an earlier package |

\`\`\`sh
tessera start --project .    # serves it; what you save and what passes the check is published at once
tessera check --project .    # everything that is wrong, with places
\`\`\`

The first change is there already: accounts have a VAT number (\`metadata/${name}/objects/account.json\`) in a section of
their page (\`metadata/${name}/pages/account.json\`).
`
}
