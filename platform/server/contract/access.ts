import { z } from 'zod'
import { localText } from './common.ts'

const action = z.enum(['create', 'read', 'update', 'delete'])

export const explainRequest = z
  .strictObject({
    person: z
      .uuid()
      .optional()
      .describe('Of whom; oneself if not said. Others: with the feature "administer".'),
    object: z.string().max(59),
    record: z.uuid().optional(),
    action: action.default('read'),
    field: z.string().max(59).optional(),
    event: z
      .string()
      .max(59)
      .optional()
      .describe('An event of its process, instead of an action; needs a record.'),
  })
  .meta({ id: 'ExplainRequest' })

const ground = z.object({
  kind: z.enum(['role', 'rule', 'share', 'product']),
  allows: z.boolean(),
  role: z.object({ name: z.string(), label: localText }).optional(),
  label: localText.optional(),
  declared: z
    .object({
      pointer: z.string().describe('Such as `roles/seller/objects/deal/read`.'),
      files: z.array(z.string()).describe('The files that make up the document, the declaring one first.'),
      says: z.string().optional().describe('Nothing said denies.'),
    })
    .optional(),
  share: z
    .object({
      with: z.string(),
      reason: z.string(),
      by: z.string().nullable(),
      expires_at: z.string().nullable(),
    })
    .optional(),
})

export const explanation = z
  .object({
    allows: z.boolean(),
    decided_by: z
      .enum(['feature', 'object', 'record', 'field', 'event'])
      .optional()
      .describe('The first level that does not let through.'),
    roles: z.array(z.string()),
    levels: z.array(
      z.object({
        level: z.enum(['feature', 'object', 'record', 'field', 'event']),
        allows: z.boolean(),
        action: z.string(),
        grounds: z.array(ground),
        reason: z.string().optional(),
      }),
    ),
  })
  .meta({ id: 'AccessExplanation', description: 'Why somebody may or may not do something, level by level.' })

export const accessMatrix = z
  .object({
    roles: z.array(z.object({ role: z.string(), portal: z.boolean(), features: z.array(z.string()) })),
    rights: z.array(
      z.object({
        role: z.string(),
        object: z.string(),
        is_line: z
          .boolean()
          .describe('Of lines the fields alone are declared; the rest follows their record.'),
        create: z.boolean(),
        read: z.string(),
        update: z.string(),
        delete: z.string(),
        fields: z.record(z.string(), z.string()),
      }),
    ),
    rules: z.array(
      z.object({
        object: z.string(),
        rule: z.string(),
        roles: z.array(z.string()),
        where: z.string(),
        access: z.string(),
      }),
    ),
    by_hand: z.array(z.string()),
  })
  .meta({ id: 'AccessMatrix', description: 'Every right of every role, as it is declared.' })
