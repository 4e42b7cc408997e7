import { z } from 'zod'
import { person } from './common.ts'

const access = z.enum(['read', 'update']).describe('update includes reading.')

export const grantee = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('user'), id: z.uuid() }),
    z.strictObject({ kind: z.literal('team'), id: z.uuid() }),
    z.strictObject({ kind: z.literal('role'), name: z.string().max(59) }),
  ])
  .meta({ id: 'Grantee', description: 'With whom a record is shared.' })

export const share = z
  .object({
    id: z.string(),
    with: z.object({
      kind: z.enum(['user', 'team', 'role']),
      id: z.string().optional(),
      name: z.string().optional(),
      label: z.string().nullable(),
    }),
    access,
    reason: z.string(),
    by: person.nullable(),
    at: z.string(),
    expires_at: z.string().nullable(),
  })
  .meta({ id: 'Share' })

export const shares = z.object({ shares: z.array(share) }).meta({ id: 'Shares' })

export const shareRequest = z
  .strictObject({
    with: grantee,
    access: access.default('read'),
    reason: z.string().max(2_000).describe('Why; others will ask.'),
    expires_at: z.iso
      .datetime({ offset: true })
      .optional()
      .describe('When it ends; see the declared longest time.'),
  })
  .meta({ id: 'ShareRequest' })
