import { z } from 'zod'
import { plainText } from './common.ts'

const text = z.string()

const filter = {
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  person: z.uuid().optional(),
  action: plainText.max(100).optional(),
  object: plainText.max(100).optional(),
  record: z.uuid().optional(),
}

export const auditQuery = z.strictObject({
  ...filter,
  after: text.max(20).optional(),
  limit: z.coerce.number().int().min(1).max(500).optional(),
})

export const auditExportQuery = z.strictObject({
  ...filter,
  format: z.enum(['csv', 'ndjson']).default('csv'),
})

export const auditEntry = z
  .object({
    number: z.number().int(),
    id: text,
    at: text,
    actor: z.object({
      kind: text.meta({ description: 'person, process, plugin.' }),
      id: text.nullable(),
      name: text,
    }),
    key: text.nullable().meta({ description: 'The API key that was used.' }),
    impersonator: z
      .object({ id: text, name: text.nullable() })
      .nullable()
      .meta({ description: 'Who acted in the place of the actor.' }),
    action: text,
    subject: z.object({ object: text, record: text.nullable() }).nullable(),
    detail: z.record(text, z.unknown()),
    address: text.nullable(),
    hash: text.meta({ description: 'The seal over the entry before and this one.' }),
  })
  .meta({ id: 'AuditEntry', description: 'What somebody did that matters to security or privacy.' })

export const auditPage = z
  .object({ items: z.array(auditEntry), next: text.nullable() })
  .meta({ id: 'AuditPage' })
