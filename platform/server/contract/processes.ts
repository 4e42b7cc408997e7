import { z } from 'zod'
import { approval } from './approvals.ts'
import { colour, localText, person, plainText, record, stateTag, values } from './common.ts'
import { eventMeta, fieldsMeta } from './meta.ts'

const text = z.string()

export const workAction = z
  .enum([
    'claim',
    'release',
    'complete',
    'approve',
    'reject',
    'return',
    'transfer',
    'delegate',
    'answer',
    'recall',
    'add',
    'remove',
    'urge',
    'change_due',
    'attach',
    'comment',
  ])
  .meta({ id: 'WorkAction' })

export const workStatus = z
  .enum(['open', 'claimed', 'waiting', 'done', 'cancelled'])
  .meta({ id: 'WorkStatus', description: 'waiting: others act first, or those who were added after.' })

export const workPlace = z.enum(['before', 'after']).meta({ id: 'WorkPlace' })

export const workItem = z
  .object({
    id: text,
    kind: z.enum(['task', 'approval']),
    title: localText,
    object: text,
    record: z.object({ id: text, title: text.nullable() }),
    due_at: text.nullable(),
    priority: z.number().int(),
    status: workStatus,
    assignee: person.nullable(),
    candidates: z.object({ role: text.optional() }),
    queue: z.object({ name: text, label: localText }).nullable(),
    delegated_by: person.nullable().meta({ description: 'Who waits for the answer of the assignee.' }),
    place: workPlace.nullable().meta({ description: 'Of a part that was added to other work.' }),
    added: z.array(z.object({ id: text, place: workPlace, person, status: workStatus })),
    is_substitute: z.boolean().meta({ description: 'One acts for the assignee, who is away.' }),
    can: z.array(workAction),
    form: fieldsMeta,
    approval: approval.nullable().meta({ description: 'The approval in levels of which it is a part.' }),
    outcome: text.optional(),
    created_at: text,
    version: z.number().int(),
  })
  .meta({ id: 'WorkItem' })

export const stepStatus = z.enum(['done', 'here', 'possible', 'ahead', 'closed']).meta({ id: 'StepStatus' })

export const processEvent = eventMeta
  .extend({ possible: z.boolean(), reason: text.optional() })
  .meta({ id: 'ProcessEvent' })

export const processView = z
  .object({
    process: text,
    label: localText,
    states: z.array(text),
    tags: z.array(stateTag).meta({ description: 'Of all states in which it is now.' }),
    ended: z.boolean(),
    path: z.array(z.object({ state: text, label: localText, colour: colour.optional(), status: stepStatus })),
    events: z.array(processEvent),
    parts: z
      .array(
        z.object({
          process: text,
          label: localText,
          states: z.array(z.object({ state: text, label: localText, colour: colour.optional() })),
          tags: z.array(stateTag),
        }),
      )
      .meta({ description: 'Processes that are a part of this one and at work on the record.' }),
    work_items: z.array(workItem),
    approvals: z.array(approval).meta({ description: 'Approvals in levels, the newest first.' }),
    due: z.array(z.object({ event: text, at: text })),
  })
  .meta({ id: 'ProcessView' })

export const eventRequest = z
  .strictObject({ version: z.int().optional(), values: values.optional() })
  .meta({ id: 'EventRequest' })

export const eventQuery = z.strictObject({ expand: z.enum(['process']).optional() })

export const eventAnswer = z
  .object({
    record,
    process: processView.nullable().optional().meta({
      description: 'With `expand=process`: null where the record is out of sight now.',
    }),
    created: z.array(z.object({ object: text, id: text })),
  })
  .meta({ id: 'EventAnswer' })

export const workItemQuery = z.strictObject({
  status: z.enum(['open', 'done']).optional(),
  mine: z.enum(['true']).optional(),
  held_by: z.union([z.literal('inactive'), z.uuid()]).optional(),
})

export const workItems = z.object({ items: z.array(workItem) }).meta({ id: 'WorkItems' })

export const workItemCount = z.object({ open: z.number().int() }).meta({ id: 'WorkItemCount' })

export const completion = z
  .strictObject({
    outcome: z.enum(['approved', 'rejected']).optional(),
    values: values.optional(),
    comment: plainText.max(4_000).optional(),
  })
  .meta({ id: 'Completion' })

export const notification = z
  .object({
    id: text,
    text: localText,
    object: text.nullable(),
    record: text.nullable(),
    at: text,
    read: z.boolean(),
  })
  .meta({ id: 'Notification' })

export const notifications = z
  .object({ items: z.array(notification), unread: z.number().int() })
  .meta({ id: 'Notifications' })

export const readRequest = z
  .strictObject({ ids: z.array(z.uuid()).max(1_000).optional() })
  .meta({ id: 'ReadRequest' })
