import { z } from 'zod'
import { localText } from './common.ts'
import { choiceMeta } from './meta.ts'
import { workItem } from './processes.ts'

const text = z.string()

export const presence = z.enum(['available', 'busy', 'away']).meta({ id: 'PresenceState' })

export const presenceView = z
  .object({
    presence: presence.meta({ description: 'What holds: away on leave, and after a while without a sign.' }),
    chosen: presence.meta({ description: 'What the person said.' }),
    since: text.nullable(),
  })
  .meta({ id: 'Presence' })

export const presenceRequest = z
  .strictObject({ presence, person: z.uuid().optional() })
  .meta({ id: 'PresenceRequest' })

const levels = z.record(text, z.number().int())

const summary = z.object({
  name: text,
  label: localText,
  help: localText.optional(),
  object: text,
  assignment: z.enum(['pull', 'round_robin', 'least_loaded', 'weighted', 'sticky']),
  waiting: z.number().int(),
  oldest: text.nullable(),
  is_member: z.boolean(),
})

export const queueSummary = summary.meta({ id: 'QueueSummary' })

export const queues = z.object({ items: z.array(queueSummary) }).meta({ id: 'Queues' })

export const queueView = summary
  .extend({
    items: z.array(
      z.object({
        item: workItem,
        priority: z.number().meta({ description: 'With what its age adds, at this moment.' }),
        since: text,
      }),
    ),
    people: z.array(
      z.object({
        id: text,
        name: text.nullable(),
        presence,
        load: z.number().int(),
        capacity: z.number().int().nullable(),
        skills: levels,
      }),
    ),
    skills: z.array(choiceMeta).meta({ description: 'What the skills of people are called.' }),
  })
  .meta({ id: 'QueueView' })

export const workProfile = z
  .object({
    skills: levels,
    capacity: z.number().int().nullable(),
    share: z.number().int(),
    can_change: z.boolean(),
    choices: z.array(choiceMeta).meta({ description: 'The skills that there are.' }),
  })
  .meta({ id: 'WorkProfile', description: 'What a person takes of the work that is handed out.' })

export const workProfileChange = z
  .strictObject({
    skills: z.record(text.max(63), z.number().int().min(1).max(5)).optional(),
    capacity: z.number().int().min(1).max(1_000).nullable().optional(),
    share: z.number().int().min(1).max(100).optional(),
  })
  .meta({ id: 'WorkProfileChange' })
