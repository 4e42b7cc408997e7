import { z } from 'zod'
import { person } from './common.ts'

export const attachment = z
  .object({
    id: z.string(),
    file_name: z.string(),
    media_type: z.string(),
    size: z.number().int().meta({ description: 'Bytes.' }),
    sha256: z.string().meta({ description: 'Hexadecimal.' }),
    by: person.nullable(),
    at: z.string(),
    work_item: z
      .string()
      .nullable()
      .meta({ description: 'The work on the record to which it was attached.' }),
    can_remove: z.boolean(),
  })
  .meta({ id: 'Attachment' })

export const attachingRefusal = z.enum(['forbidden', 'locked', 'done', 'full']).meta({
  id: 'AttachingRefusal',
  description:
    'Why nothing can be attached: no right, a state that closes the record, work that is done, no room.',
})

export const attachments = z
  .object({
    attachments: z.array(attachment),
    can_attach: z.boolean(),
    refusal: attachingRefusal.nullable(),
    largest: z.number().int().meta({ description: 'The largest file that is taken, in bytes.' }),
  })
  .meta({ id: 'Attachments', description: 'The files at a record or at work, the oldest first.' })

export const uploadQuery = z.strictObject({ file_name: z.string() })
