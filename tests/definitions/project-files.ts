import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { loadProject, loadTenant, type TenantLoad } from '../../platform/definitions/index.ts'

type Files = Readonly<Record<string, unknown>>

/** A sound project of two packages: `base` declares an account, `extra` overlays it. */
export const soundFiles: Files = {
  'tessera.project.json': { tenants: { acme: { packages: ['base', 'extra'], currency: 'EUR' } } },
  'metadata/base/tessera.json': { name: 'base', version: '1.2.0', label: 'Base' },
  'metadata/base/objects/account.json': {
    $schema: '../../../schemas/object.json',
    name: 'account',
    label: 'Account',
    name_field: 'name',
    fields: {
      name: { type: 'text', required: true, max_length: 100 },
      size: { type: 'integer', minimum: 0 },
    },
  },
  'metadata/base/roles/seller.json': {
    name: 'seller',
    label: 'Seller',
    objects: { account: { read: 'all' } },
  },
  'metadata/extra/tessera.json': { name: 'extra', version: '1.0.0', needs: { base: '^1.0.0' } },
  'metadata/extra/objects/account.json': { fields: { name: { max_length: 200 }, vip: { type: 'boolean' } } },
}

/** Writes the files (texts as they are, anything else as JSON) into a folder that goes with the test. */
export function projectFolder(files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-definitions-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(
      file,
      typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content, null, 2),
    )
  }
  return folder
}

/** Loads the tenant `acme` of a project made of the files. */
export function load(files: Files): TenantLoad {
  const folder = projectFolder(files)
  return loadTenant({ project: loadProject({ folder, shippedFolder: folder }), tenant: 'acme' })
}

/** The problems as `file:line:column pointer code`. */
export function problemLines({ problems }: TenantLoad): string[] {
  return problems.map(
    ({ place, code }) => `${place.file}:${place.line}:${place.column} ${place.pointer} ${code}`,
  )
}
