import { z } from 'zod'
import { localText, person, plainText, stateTag } from './common.ts'

const text = z.string()
const count = z.number().int()
const reason = plainText.trim().min(1).max(2_000)

export const trouble = z.enum(['stuck', 'failed', 'late', 'left']).meta({
  id: 'Trouble',
  description:
    'stuck: nothing can lead on. failed: a timer or a message has failed. late: a timer or work is past its due time. ' +
    'left: a new version of its process could not take it over.',
})

const namedState = z.object({ path: text, label: localText })

export const listedInstance = z
  .object({
    id: text,
    process: text,
    label: localText,
    object: text,
    record: z.object({ id: text, title: text.nullable() }),
    version: text,
    is_current_version: z.boolean(),
    is_usable: z.boolean().meta({ description: 'Whether the version still fits its object.' }),
    states: z.array(namedState),
    tags: z.array(stateTag),
    step: count,
    started_at: text,
    moved_at: text,
    troubles: z.array(trouble),
    timers: z.array(
      z.object({
        id: text,
        event: text,
        due_at: text,
        error: text.nullable(),
        attempts: count,
        has_failed: z.boolean().meta({ description: 'It is not tried again by itself.' }),
      }),
    ),
    work: z.array(
      z.object({
        id: text,
        kind: text,
        title: localText,
        due_at: text.nullable(),
        assignee: person.nullable(),
      }),
    ),
    messages: z.array(z.object({ id: text, kind: text, error: text.nullable() })),
    left_because: text
      .nullable()
      .meta({ description: 'Why a new version of its process could not take it over.' }),
  })
  .meta({ id: 'ListedInstance', description: 'A live process on a record, as operators see it.' })

export const listedInstances = z
  .object({ items: z.array(listedInstance), next: text.nullable() })
  .meta({ id: 'ListedInstances' })

const name = text.max(1_000)

const chosen = {
  trouble: trouble.optional(),
  process: name.optional(),
  state: name.optional(),
  tag: name.optional().meta({ description: 'A tag of one of the states in which it is.' }),
  version: name.optional(),
}

export const instanceQuery = z.strictObject({
  ...chosen,
  quiet_hours: z.coerce.number().min(0).max(1_000_000).optional(),
  after: text.optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
})

export const instanceFilter = z
  .strictObject({
    ...chosen,
    quiet_hours: z.number().min(0).max(1_000_000).optional(),
    ids: z.array(z.uuid()).min(1).max(1_000).optional(),
  })
  .meta({ id: 'InstanceFilter', description: 'Live instances for which all of it holds.' })

export const troubleCounts = z
  .object({ active: count, stuck: count, failed: count, late: count, left: count })
  .meta({ id: 'TroubleCounts' })

export const countedPlaces = z
  .object({
    places: z.array(
      z.object({
        process: text,
        label: localText,
        version: text,
        published_at: text,
        is_current_version: z.boolean(),
        states: z.array(namedState),
        tags: z.array(stateTag),
        counts: troubleCounts,
      }),
    ),
  })
  .meta({ id: 'CountedPlaces', description: 'How many instances are in which states of which version.' })

export const migrations = z
  .object({
    items: z.array(
      z.object({
        id: text,
        process: text,
        label: localText,
        version: text,
        status: z.enum(['waiting', 'running', 'done', 'overtaken']),
        moved: count,
        refused: count,
        left: count.meta({ description: 'How many live on earlier versions, those refused included.' }),
        begun_at: text,
        finished_at: text.nullable(),
      }),
    ),
  })
  .meta({ id: 'Migrations', description: 'Versions of processes that take over what lives on earlier ones.' })

export const operatorAct = z
  .discriminatedUnion('act', [
    z.strictObject({ act: z.literal('retry'), reason: reason.optional() }),
    z.strictObject({
      act: z.literal('skip'),
      what: z.enum(['timer', 'work']),
      id: z.uuid().optional().meta({ description: 'Which one; the first if not said.' }),
      outcome: z.enum(['approved', 'rejected']).optional(),
      reason,
    }),
    z.strictObject({
      act: z.literal('move'),
      state: name,
      runs_entry: z
        .boolean()
        .optional()
        .meta({ description: 'Whether what is declared for entering the state is done.' }),
      reason,
    }),
    z.strictObject({ act: z.literal('end'), reason }),
  ])
  .meta({ id: 'OperatorAct' })

export const actRequest = z
  .strictObject({ step: count.meta({ description: 'The last step that one has seen.' }), act: operatorAct })
  .meta({ id: 'ActRequest' })

export const repairRequest = z
  .strictObject({ act: operatorAct, filter: instanceFilter })
  .meta({ id: 'RepairRequest' })

export const startedRepair = z.object({ id: text, total: count }).meta({ id: 'StartedRepair' })

export const repair = z
  .object({
    id: text,
    act: operatorAct,
    status: z.enum(['queued', 'running', 'done', 'cancelled', 'failed']),
    total: count,
    done: count.meta({ description: 'Those that are dealt with, those that were refused included.' }),
    refused: count,
    error: text.nullable(),
    by: person,
    started_at: text,
    finished_at: text.nullable(),
  })
  .meta({ id: 'Repair', description: 'One act on many instances, and how far it is.' })

export const repairs = z.object({ items: z.array(repair) }).meta({ id: 'Repairs' })

export const repairResults = z
  .object({
    items: z.array(
      z.object({
        instance: text,
        object: text.nullable(),
        record: text.nullable(),
        status: z.enum(['open', 'done', 'refused']),
        code: text.nullable(),
        reason: text.nullable(),
      }),
    ),
    next: text.nullable(),
  })
  .meta({ id: 'RepairResults', description: 'What became of each instance, those that were refused first.' })

export const afterQuery = z.strictObject({ after: text.max(100).optional() })
