import { z } from 'zod'
import { colour, localText } from './common.ts'

const text = z.string()

export const choiceMeta = z
  .object({ value: text, label: localText, colour: colour.optional(), retired: z.boolean().optional() })
  .meta({ id: 'ChoiceMeta' })

export const filterOperator = z
  .enum([
    'equals',
    'not_equals',
    'less',
    'greater',
    'between',
    'contains',
    'starts_with',
    'in',
    'blank',
    'not_blank',
  ])
  .meta({ id: 'FilterOperator' })

export const fieldMeta = z
  .object({
    name: text,
    type: text,
    label: localText,
    help: localText.optional(),
    required: z.boolean(),
    required_when: text.optional(),
    visible_when: text.optional(),
    read_only: z.boolean(),
    writable: z.boolean(),
    system: z.boolean(),
    computed: z.enum(['formula', 'rollup']).optional(),
    default: z.unknown().optional(),
    default_expression: text.optional(),
    expression: text.optional().meta({ description: 'The text of a formula over the own record.' }),
    returns: text.optional(),
    options: z.record(text, z.unknown()),
    choices: z.array(choiceMeta).optional(),
    reference: z
      .object({
        to: text,
        referring: z
          .array(text)
          .describe('Fields of the record that refers on which the choice depends.')
          .optional(),
      })
      .optional(),
    lines: z.object({ object: text, through: text }).optional(),
    operators: z.array(filterOperator),
    masked: z.boolean().describe('Only some characters are shown; others are dots.').optional(),
  })
  .meta({ id: 'FieldMeta' })

export const fieldsMeta = z.record(text, fieldMeta).meta({ id: 'FieldsMeta' })

export const objectMeta = z
  .object({
    name: text,
    label: localText,
    plural: localText,
    icon: text.optional(),
    person: z.boolean().optional().meta({ description: 'Whether each record stands for a person.' }),
    name_field: text,
    is_owned: z.boolean(),
    parent: z.object({ object: text, field: text }).optional(),
    lifecycle: z.object({ process: text, state_field: text }).optional(),
    has_clocks: z.boolean().optional().meta({ description: 'Whether service levels are declared for it.' }),
    promises: z
      .array(z.object({ name: text, label: localText, help: localText.optional() }))
      .meta({ description: 'What columns of lists can count down, as `promise:<name>`.' })
      .optional(),
    sharing: z
      .object({ longest_days: z.int().optional() })
      .meta({ description: 'Whoever may change a record may share it by hand.' })
      .optional(),
    rights: z.object({ create: z.boolean(), read: z.boolean(), update: z.boolean(), delete: z.boolean() }),
    fields: fieldsMeta,
    keys: z.array(z.object({ name: text, fields: z.array(text) })),
    validations: z.array(
      z.object({ name: text, invalid_when: text, at: text.optional(), message: localText }),
    ),
    search: z.array(text),
  })
  .meta({ id: 'ObjectMeta' })

export const sortKey = z
  .object({ field: text, direction: z.enum(['ascending', 'descending']).optional() })
  .meta({ id: 'SortKey' })

export const totalFunction = z.enum(['sum', 'average', 'minimum', 'maximum']).meta({ id: 'TotalFunction' })

export const viewMeta = z
  .object({
    name: text,
    object: text,
    label: localText,
    type: z.enum(['list', 'board']),
    columns: z.array(text),
    filter: text.optional(),
    sort: z.array(sortKey),
    totals: z.record(text, totalFunction),
    columns_by: text.optional(),
    sum: text.optional(),
  })
  .meta({ id: 'ViewMeta' })

export const sectionMeta = z
  .object({
    name: text,
    label: localText,
    columns: z.number().int(),
    fields: z.array(text),
    visible_when: text.optional(),
  })
  .meta({ id: 'SectionMeta' })

export const relatedMeta = z
  .object({
    name: text,
    label: localText,
    object: text,
    through: text,
    columns: z.array(text),
    visible_when: text.optional(),
  })
  .meta({ id: 'RelatedMeta' })

export const pageMeta = z
  .object({ facts: z.array(text), sections: z.array(sectionMeta), related: z.array(relatedMeta) })
  .meta({ id: 'PageMeta' })

export const appMeta = z
  .object({
    name: text,
    label: localText,
    icon: text.optional(),
    items: z.array(z.object({ name: text, object: text, view: text.optional(), label: localText })),
  })
  .meta({ id: 'AppMeta' })

export const stateMeta = z
  .object({
    path: text,
    label: localText,
    help: localText.optional(),
    colour: colour.optional(),
    final: z.boolean(),
    closed: z.array(text).describe('Fields that the person cannot change while a record is here.').optional(),
    undeletable: z
      .boolean()
      .describe('Whether the person cannot delete a record while it is here.')
      .optional(),
  })
  .meta({ id: 'StateMeta' })

export const eventMeta = z
  .object({
    name: text,
    label: localText,
    help: localText.optional(),
    primary: z.boolean(),
    destructive: z.boolean(),
    form: fieldsMeta,
  })
  .meta({ id: 'EventMeta' })

export const processMeta = z
  .object({
    name: text,
    label: localText,
    object: text,
    state_field: text.optional(),
    states: z.array(stateMeta),
    events: z.array(
      eventMeta.extend({
        targets: z.record(text, z.array(text)).meta({
          description: 'By the state that the event finds, the states that it can lead to; guards decide.',
        }),
      }),
    ),
    timers: z.record(text, z.array(text)).meta({
      description: 'By the id of a timer, as `due` of a process names it, the states that it leads to.',
    }),
    delays: z.record(text, localText).meta({
      description: 'The moments that states wait for, by the names that timers and the history have.',
    }),
    entries: z.array(z.object({ name: text, label: localText.optional(), states: z.array(text) })),
  })
  .meta({ id: 'ProcessMeta' })

export const meta = z
  .object({
    hash: text,
    currency: text,
    objects: z.record(text, objectMeta),
    views: z.array(viewMeta),
    pages: z.record(text, pageMeta),
    apps: z.array(appMeta),
    processes: z.record(text, processMeta),
    has_queues: z.boolean().optional().meta({ description: 'Whether work waits in queues.' }),
  })
  .meta({ id: 'Meta', description: 'What the signed-in person may see of the declarations.' })
