import { z } from 'zod'
import { localText, person, plainText } from './common.ts'

const text = z.string()
const vote = ['approved', 'rejected'] as const

const seat = z.object({
  person,
  weight: z.number(),
  status: z.enum(['asked', 'ahead', ...vote, 'closed']),
  by: person.nullable().meta({ description: 'Who spoke, where that is somebody else.' }),
  comment: text.nullable(),
  at: text.nullable(),
})

const rule = z.union([
  z.object({ kind: z.enum(['all', 'any', 'first']) }),
  z.object({ kind: z.literal('share'), share: z.number() }),
  z.object({ kind: z.literal('weight'), weight: z.number() }),
])

const level = z.object({
  name: text,
  label: localText,
  rule,
  in_turn: z.boolean(),
  status: z.enum([...vote, 'open', 'ahead', 'closed']),
  because: z
    .enum(['nobody', 'repeated', 'deadline'])
    .nullable()
    .meta({ description: 'Why it is decided without votes.' }),
  due_at: text.nullable(),
  seats: z.array(seat),
})

export const approval = z
  .object({
    id: text,
    title: localText,
    status: z.enum(['running', ...vote, 'returned', 'withdrawn', 'closed']),
    requested_by: person.nullable(),
    started_at: text,
    ended_at: text.nullable(),
    levels: z.array(level),
    copies: z.array(person),
    returns: z
      .object({ requester: z.boolean(), levels: z.array(z.object({ name: text, label: localText })) })
      .meta({ description: 'To whom an approver may return it now.' }),
    can: z.array(z.enum(['withdraw', 'take_back'])),
  })
  .meta({ id: 'Approval', description: 'An approval in levels.' })

const comment = plainText.trim().max(4_000)

export const returning = z
  .strictObject({
    to: text.max(100).optional().meta({ description: 'The level; the requester without it.' }),
    comment: comment.min(1),
  })
  .meta({ id: 'Returning' })

export const approvalAct = z.strictObject({ comment: comment.optional() }).meta({ id: 'ApprovalAct' })
