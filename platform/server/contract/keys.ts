import { z } from 'zod'
import { plainText } from './common.ts'

const scope = plainText.max(100).meta({
  description:
    '`read` or `write` for everything; `account:read` or `account:write` for one object with its lines.',
})

export const keyRequest = z
  .strictObject({
    name: plainText.trim().min(1).max(100),
    scopes: z.array(scope).min(1).max(100).default(['read']),
    expires_at: z.iso
      .datetime({ offset: true })
      .optional()
      .meta({ description: 'In 90 days if not said; at most a year ahead.' }),
  })
  .meta({ id: 'KeyRequest' })

export const listedKey = z
  .object({
    id: z.string(),
    name: z.string(),
    prefix: z.string(),
    scopes: z.array(scope),
    expires_at: z.string().nullable(),
    last_used_at: z.string().nullable(),
    last_used_from: z.string().nullable().meta({ description: 'The network address.' }),
    created_at: z.string(),
  })
  .meta({ id: 'ListedKey' })

export const keyList = z.object({ keys: z.array(listedKey) }).meta({ id: 'KeyList' })

export const createdKey = listedKey
  .extend({ key: z.string().meta({ description: 'Shown this once; only its hash is kept.' }) })
  .meta({ id: 'CreatedKey' })

export const invitation = z.object({ path: z.string(), expires_at: z.string() }).meta({ id: 'Invitation' })

export const version = z
  .object({
    number: z.number().int(),
    hash: z.string(),
    note: z.string().nullable(),
    published_by: z.string().nullable(),
    published_at: z.string(),
    active: z.boolean(),
  })
  .meta({ id: 'Version' })

export const versionList = z.object({ versions: z.array(version) }).meta({ id: 'VersionList' })
