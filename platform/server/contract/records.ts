import { z } from 'zod'
import { mayActions } from '../../records/index.ts'
import { fault, flag, names, person, problem, record, values } from './common.ts'

const limit = z.int().min(1).max(500)
const filter = z.string().min(1).max(4_000)
const search = z.string().max(500)
const path = z.string().max(200)
const may = z.array(z.enum(mayActions)).max(mayActions.length)
/** The same in one parameter, separated by commas. */
const mayNames = names.pipe(may)

/** GET /api/records/:object */
export const listQuery = z.strictObject({
  fields: names.optional(),
  expand: names.optional(),
  may: mayNames.optional(),
  filter: filter.optional(),
  search: search.optional(),
  sort: names.optional(),
  limit: z.coerce.number().pipe(limit).optional(),
  after: z.string().max(4_000).optional(),
  count: flag.optional(),
  deleted: flag.optional(),
})

/** POST /api/records/:object/query */
export const recordQuery = z
  .strictObject({
    fields: z.array(path).max(200).optional(),
    expand: z.array(path).max(200).optional(),
    may: may
      .describe('Tells of each record whether you may update or delete it, as `may:update` and `may:delete`.')
      .optional(),
    filter: filter.optional(),
    search: search.optional(),
    sort: z.array(path).max(5).optional(),
    limit: limit.optional(),
    after: z.string().max(4_000).optional(),
    count: z.boolean().optional(),
    deleted: z.boolean().optional(),
    choosable: z
      .strictObject({
        object: path,
        field: path,
        event: path.optional(),
        id: z.uuid().optional(),
        values: z.record(z.string().max(60), z.unknown()).optional(),
      })
      .describe(
        'Only the records that this field (of the form of this event) may refer to, given what is filled in.',
      )
      .optional(),
  })
  .meta({ id: 'RecordQuery' })

export const recordPage = z
  .object({
    rows: z.array(record),
    next: z.string().nullable(),
    count: z.object({ value: z.number().int(), capped: z.boolean() }).optional(),
  })
  .meta({ id: 'RecordPage' })

export const getQuery = z.strictObject({
  fields: names.optional(),
  expand: names.optional(),
  may: mayNames.optional(),
})

/** PATCH /api/records/:object/:id: what the answer tells beside the fields. */
export const changeQuery = z.object({ may: mayNames.optional() })

export const measure = z
  .strictObject({
    function: z.enum(['count', 'sum', 'average', 'minimum', 'maximum']),
    field: path.optional(),
  })
  .meta({ id: 'Measure' })

export const aggregateQuery = z
  .strictObject({
    filter: filter.optional(),
    search: search.optional(),
    group_by: z
      .array(
        z.union([path, z.strictObject({ field: path, by: z.enum(['day', 'month', 'quarter', 'year']) })]),
      )
      .max(3)
      .optional(),
    measures: z.record(z.string().max(60), measure),
  })
  .meta({ id: 'AggregateQuery' })

export const aggregate = z
  .object({
    groups: z.array(
      z.object({ key: z.record(z.string(), z.unknown()), values: z.record(z.string(), z.unknown()) }),
    ),
  })
  .meta({ id: 'Aggregate' })

export const upserted = z.object({ record, created: z.boolean() }).meta({ id: 'Upserted' })

export const bulkOperation = z
  .strictObject({
    op: z.enum(['create', 'update', 'delete']),
    id: z.string().max(100).optional(),
    version: z.int().optional(),
    values: values.optional(),
  })
  .meta({ id: 'BulkOperation' })

export const bulkRequest = z
  .strictObject({
    mode: z.enum(['all_or_nothing', 'each']),
    operations: z.array(bulkOperation).max(1_000),
  })
  .meta({ id: 'BulkRequest' })

export const bulkAnswer = z
  .object({
    results: z.array(z.object({ ok: z.boolean(), id: z.string().optional(), problem: problem.optional() })),
  })
  .meta({ id: 'BulkAnswer' })

export const trialRequest = z
  .strictObject({ id: z.string().max(100).optional(), values })
  .meta({ id: 'TrialRequest' })

export const trial = z.object({ faults: z.array(fault) }).meta({ id: 'Trial' })

export const historyQuery = z.strictObject({ after: z.string().max(100).optional() })

const fieldChanges = z.record(z.string(), z.object({ from: z.unknown(), to: z.unknown() }))

/** A row of lines: its id and the value of its name field. */
const rowInHistory = z.object({ id: z.string(), name: z.unknown() })

export const linesInHistory = z
  .object({
    added: z.array(rowInHistory),
    changed: z.array(rowInHistory.extend({ changes: fieldChanges })),
    removed: z.array(rowInHistory),
  })
  .meta({ id: 'LinesInHistory' })

export const historyEntry = z
  .object({
    id: z.string(),
    at: z.string(),
    by: person.nullable(),
    action: z.string(),
    version: z.number().int().optional(),
    changes: fieldChanges,
    /** What became of the rows of lines fields, by field. */
    lines: z.record(z.string(), linesInHistory),
    cause: z.unknown().optional(),
    note: z.string().optional(),
  })
  .meta({ id: 'HistoryEntry' })

export const history = z
  .object({ entries: z.array(historyEntry), next: z.string().nullable() })
  .meta({ id: 'History' })

export const searchQuery = z.strictObject({ q: z.string().max(500) })

export const searchHit = z
  .object({ object: z.string(), id: z.string(), title: z.string(), snippet: z.string().optional() })
  .meta({ id: 'SearchHit' })

export const searchAnswer = z.object({ hits: z.array(searchHit) }).meta({ id: 'SearchAnswer' })
