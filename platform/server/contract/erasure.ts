import { z } from 'zod'
import { localText, person } from './common.ts'

const text = z.string()
const count = z.number().int()
const outcome = z.enum(['erased', 'kept'])

export const erasureRequest = z
  .strictObject({ object: text.max(100), record: z.uuid() })
  .meta({ id: 'ErasureRequest', description: 'The record that stands for the person.' })

export const erasureReport = z
  .object({
    object: text,
    record: text,
    records: z
      .array(
        z.object({
          object: text,
          id: text,
          fields: z.array(z.object({ name: text, category: text })),
          outcome,
          because: localText.optional().meta({ description: 'Why it is kept.' }),
        }),
      )
      .meta({ description: 'The person, and records that are about the person.' }),
    traces: z
      .array(z.object({ place: text, count, outcome }))
      .meta({ description: 'What is known of the erased records elsewhere, such as in their history.' }),
    references: z
      .array(z.object({ object: text, field: text, count }))
      .meta({ description: 'Records that only name the person, and stay as they are.' }),
  })
  .meta({ id: 'ErasureReport', description: 'What is erased and what is kept; without the data.' })

export const erasure = z.object({ id: text, report: erasureReport }).meta({ id: 'Erasure' })

export const erasures = z
  .object({
    items: z.array(
      erasure.extend({
        object: text,
        record: text,
        reason: z.enum(['request', 'retention']),
        at: text,
        by: person.nullable(),
      }),
    ),
    next: text.nullable(),
  })
  .meta({ id: 'Erasures' })

export const erasuresQuery = z.strictObject({ after: z.uuid().optional() })
