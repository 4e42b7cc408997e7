import { z } from 'zod'
import { plainText } from './common.ts'

const scope = z.enum(['read', 'write'])

export const keyRequest = z
  .strictObject({
    name: plainText.trim().min(1).max(100),
    scopes: z.array(scope).min(1).max(2).default(['read']),
    expires_at: z.iso.datetime({ offset: true }).optional(),
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
