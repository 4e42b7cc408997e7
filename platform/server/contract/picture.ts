import { z } from 'zod'
import { colour, localText, person, stateTag } from './common.ts'
import { fieldsMeta } from './meta.ts'
import { workStatus } from './processes.ts'

const text = z.string()
const milliseconds = z.number().int()

export const drawnTrigger = z
  .object({
    kind: z.enum(['event', 'after', 'always', 'done', 'invocation', 'failure']),
    name: text.nullable().meta({ description: 'The event, the delay, or the invocation that ends.' }),
    label: localText.optional(),
  })
  .meta({ id: 'DrawnTrigger', description: 'What makes a transition.' })

const guard = text.nullable().optional().meta({
  description: 'The text of the condition; null where it names what the person may not see.',
})

export const drawnState = z
  .object({
    path: text,
    parent: text.nullable().meta({ description: 'The state around it; empty for the machine itself.' }),
    kind: z.enum(['atomic', 'compound', 'parallel', 'final', 'history']),
    initial: z.boolean(),
    label: localText,
    colour: colour.optional(),
    help: localText.optional(),
    tags: z.array(stateTag).meta({ description: 'Those that the state itself has.' }),
    invocations: z.array(z.object({ id: text, kind: text, title: localText.optional() })),
    visits: z.number().int(),
    spent_ms: milliseconds.meta({ description: 'In all stays that are over.' }),
    since: text.nullable().meta({ description: 'Since when the record is there; null where it is not.' }),
  })
  .meta({ id: 'DrawnState' })

export const drawnTransition = z
  .object({
    id: text,
    from: text,
    to: z.array(text),
    trigger: drawnTrigger,
    guard,
    description: text.optional(),
    taken: z.number().int(),
    taken_at: text.nullable(),
  })
  .meta({ id: 'DrawnTransition' })

export const processPicture = z
  .object({
    instance: text,
    process: text,
    label: localText,
    version: text,
    is_current_version: z.boolean(),
    states: z.array(text),
    ended: z.boolean(),
    step: z.number().int(),
    is_whole: z.boolean().meta({ description: 'Whether every step since the beginning is counted.' }),
    machine: z.object({ states: z.array(drawnState), transitions: z.array(drawnTransition) }),
    timers: z.array(z.object({ id: text, event: text, at: text, transitions: z.array(text) })),
    work: z.array(
      z.object({
        id: text,
        kind: text,
        invocation: text,
        title: localText,
        status: workStatus,
        assignee: person.nullable(),
        due_at: text.nullable(),
      }),
    ),
  })
  .meta({
    id: 'ProcessPicture',
    description: 'The machine that a record lives on, where the record is in it, and how it got there.',
  })

export const stepQuery = z.strictObject({
  after: z.coerce.number().int().optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
  state: text.max(1_000).optional(),
  transition: text.max(1_000).optional(),
})

export const stepCause = z
  .object({
    kind: z.enum([
      'person',
      'process',
      'timer',
      'work_item',
      'invocation',
      'import',
      'service_level',
      'trigger',
      'operator',
      'version',
      'system',
    ]),
    id: text.nullable(),
    act: text.optional().meta({ description: 'What an operator did.' }),
    reason: text.optional(),
    title: localText.optional(),
    record: z.object({ object: text, id: text, title: text.nullable() }).optional(),
  })
  .meta({ id: 'StepCause', description: 'What made a step.' })

export const processStep = z
  .object({
    number: z.number().int(),
    at: text,
    by: person.nullable(),
    event: text,
    trigger: drawnTrigger.nullable(),
    cause: stepCause.nullable(),
    form: fieldsMeta,
    payload: z
      .record(text, z.unknown())
      .meta({ description: 'What was filled in, as far as one may see it.' }),
    hides_payload: z.boolean(),
    outcome: text.nullable(),
    comment: text.nullable(),
    states: z.array(text),
    entered: z.array(text),
    left: z.array(z.object({ state: text, spent_ms: milliseconds })),
    transitions: z.array(
      z.object({
        id: text.nullable(),
        from: text,
        to: z.array(text),
        trigger: drawnTrigger.nullable(),
        guard,
      }),
    ),
  })
  .meta({ id: 'ProcessStep' })

export const processSteps = z
  .object({ steps: z.array(processStep), next: text.nullable() })
  .meta({ id: 'ProcessSteps' })
