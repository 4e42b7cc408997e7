import { z } from 'zod'
import { person, plainText, problem, values } from './common.ts'
import { workPlace } from './processes.ts'

const comment = plainText.trim().max(4_000)
const moment = z.iso.datetime({ offset: true })

export const workLog = z
  .object({
    entries: z.array(
      z.object({
        id: z.string(),
        at: z.string(),
        by: person.nullable(),
        on_behalf_of: person.nullable(),
        act: z.string(),
        from: person.nullable(),
        to: person.nullable(),
        comment: z.string().nullable(),
        detail: z.record(z.string(), z.unknown()).nullable(),
      }),
    ),
  })
  .meta({ id: 'WorkLog', description: 'Every act on a work item, in order.' })

/** To whom work is given. */
export const giving = z.strictObject({ to: z.uuid(), comment: comment.optional() }).meta({ id: 'GivingWork' })

export const adding = z
  .strictObject({ to: z.uuid(), place: workPlace, comment: comment.optional() })
  .meta({ id: 'AddingToWork' })

export const removing = z
  .strictObject({ added: z.uuid(), comment: comment.optional() })
  .meta({ id: 'RemovingFromWork' })

export const remark = z.strictObject({ comment: comment.min(1) }).meta({ id: 'WorkRemark' })

export const urging = z.strictObject({ comment: comment.optional() }).meta({ id: 'Urging' })

export const dueChange = z
  .strictObject({ due_at: moment.nullable(), comment: comment.optional() })
  .meta({ id: 'DueChange' })

const ids = z.array(z.string().max(100)).min(1).max(200)

export const workBulkRequest = z
  .discriminatedUnion('act', [
    z.strictObject({ act: z.literal('claim'), ids }),
    z.strictObject({ act: z.literal('transfer'), ids, to: z.uuid(), comment: comment.optional() }),
    z.strictObject({
      act: z.literal('complete'),
      ids,
      outcome: z.enum(['approved', 'rejected']).optional(),
      values: values.optional(),
      comment: comment.optional(),
    }),
  ])
  .meta({ id: 'WorkBulkRequest' })

export const handOverRequest = z
  .strictObject({ from: z.uuid(), to: z.uuid(), comment: comment.optional() })
  .meta({ id: 'HandOverRequest' })

export const workBulkAnswer = z
  .object({ results: z.array(z.object({ id: z.string(), ok: z.boolean(), problem: problem.optional() })) })
  .meta({ id: 'WorkBulkAnswer', description: 'What became of each work item.' })

export const absence = z
  .object({
    id: z.string(),
    person,
    substitute: person,
    starts_at: z.string(),
    ends_at: z.string(),
    can_cancel: z.boolean(),
  })
  .meta({ id: 'Absence' })

export const absences = z.object({ items: z.array(absence) }).meta({ id: 'Absences' })

export const absenceQuery = z.strictObject({ of: z.enum(['everyone']).optional() })

export const absenceRequest = z
  .strictObject({ person: z.uuid().optional(), substitute: z.uuid(), starts_at: moment, ends_at: moment })
  .meta({ id: 'AbsenceRequest' })
