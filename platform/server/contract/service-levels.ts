import { z } from 'zod'
import { localText } from './common.ts'

const text = z.string()
const milliseconds = z.number().int()

export const clockView = z
  .object({
    service_level: text,
    promise: text,
    label: localText,
    help: localText.optional(),
    status: z.enum(['running', 'paused', 'stopped']),
    outcome: z.enum(['open', 'kept', 'broken']).meta({
      description: 'broken: it was late, whether it still runs or has stopped.',
    }),
    target_ms: milliseconds.meta({ description: 'The working time that is promised, in milliseconds.' }),
    remaining_ms: milliseconds.meta({ description: 'What is left of it; below nothing once it is late.' }),
    percent: z.number(),
    counting: z
      .boolean()
      .meta({ description: 'Whether the time falls now: it runs, and it is working time.' }),
    turns_at: text.nullable().meta({ description: 'When `counting` turns by itself.' }),
    due_at: text.nullable().meta({ description: 'Null while it is paused before it is due.' }),
    breached_at: text.nullable(),
    started_at: text,
    ended_at: text.nullable(),
    alerts: z.array(
      z.object({
        name: text,
        label: localText,
        at: text.nullable(),
        outcome: z.enum(['fired', 'overtaken']).nullable(),
      }),
    ),
  })
  .meta({ id: 'ClockView', description: 'A promise on a record, and how its clock stands.' })

export const clocks = z.object({ at: text, clocks: z.array(clockView) }).meta({ id: 'Clocks' })
