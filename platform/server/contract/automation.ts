import { z } from 'zod'
import { person, plainText } from './common.ts'

const text = z.string()
const kind = z.enum(['request', 'email'])
const name = plainText.max(100)

export const outgoingStatus = z
  .enum(['waiting', 'delivered', 'stored', 'suppressed', 'failed', 'discarded', 'cancelled'])
  .meta({ id: 'OutgoingStatus' })

export const outgoingQuery = z.strictObject({
  status: outgoingStatus.optional(),
  kind: kind.optional(),
  connection: name.optional(),
  after: name.optional(),
})

export const outgoingEntry = z
  .object({
    id: text,
    kind,
    status: outgoingStatus,
    connection: text.nullable(),
    title: text.meta({ description: 'Method and path, or the recipients.' }),
    object: text.nullable(),
    record: text.nullable(),
    attempts: z.number().int(),
    error: text.nullable(),
    created_at: text,
    next_at: text.nullable(),
    done_at: text.nullable(),
  })
  .meta({ id: 'OutgoingEntry', description: 'A request or a mail to the outside.' })

export const outgoingList = z
  .object({ items: z.array(outgoingEntry), next: text.nullable() })
  .meta({ id: 'OutgoingList' })

export const outgoingDetail = outgoingEntry
  .extend({
    message: z.record(text, z.unknown()),
    answer: z.record(text, z.unknown()).nullable(),
    cause: z.record(text, z.unknown()).nullable(),
    log: z.array(
      z.object({
        at: text,
        outcome: text,
        status: z.number().int().nullable(),
        error: text.nullable(),
        ms: z.number().int().nullable(),
        by: person.nullable(),
      }),
    ),
  })
  .meta({ id: 'OutgoingDetail', description: 'A request or a mail with every attempt.' })

const ids = z.array(z.uuid()).min(1).max(500)

export const outgoingChoice = z
  .union([
    z.strictObject({ ids }),
    z.strictObject({ all: z.strictObject({ kind: kind.optional(), connection: name.optional() }) }),
  ])
  .meta({ id: 'OutgoingChoice', description: 'Some of what failed, or all of it that fits.' })

export const settledCount = z.object({ count: z.number().int() }).meta({ id: 'SettledCount' })

export const runStatus = z
  .enum(['pending', 'done', 'void', 'failed', 'stopped', 'discarded'])
  .meta({ id: 'TriggerRunStatus' })

export const runQuery = z.strictObject({
  status: runStatus.optional(),
  trigger: name.optional(),
  after: name.optional(),
})

export const triggerRuns = z
  .object({
    items: z.array(
      z.object({
        id: text,
        trigger: text,
        label: z.union([text, z.record(text, text)]),
        kind: text,
        status: runStatus,
        object: text,
        record: text.nullable(),
        chain: z.array(text).meta({ description: 'The triggers that led here, the first one first.' }),
        attempts: z.number().int(),
        error: text.nullable(),
        due_at: text,
        created_at: text,
        done_at: text.nullable(),
      }),
    ),
    next: text.nullable(),
  })
  .meta({ id: 'TriggerRuns', description: 'What triggers did and have to do.' })

export const runChoice = z
  .union([z.strictObject({ ids }), z.strictObject({ all: z.strictObject({ trigger: name.optional() }) })])
  .meta({ id: 'TriggerRunChoice', description: 'Some of what failed or was stopped, or all of it.' })

export const inboundBody = z.record(text, z.unknown()).meta({
  id: 'InboundBody',
  description: 'Whatever the other system sends; the trigger takes what it needs.',
})

export const inboundAnswer = z
  .object({ id: text, repeated: z.boolean() })
  .meta({ id: 'InboundAnswer', description: 'repeated: the same had been received before.' })
