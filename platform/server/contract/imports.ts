import { z } from 'zod'
import { localText, plainText } from './common.ts'

const text = z.string()
const name = plainText.max(200)

export const previewQuery = z.strictObject({
  object: name,
  file_name: plainText.max(255).optional(),
  encoding: z.string().max(40).optional(),
  delimiter: z.string().min(1).max(5).optional(),
})

export const importPreview = z
  .object({
    file: text,
    encoding: text,
    delimiter: text,
    columns: z.array(z.object({ name: text, sample: z.array(text), suggestion: text.nullable() })),
    rows: z.number().int(),
  })
  .meta({ id: 'ImportPreview' })

export const columnTarget = z
  .strictObject({
    field: name,
    match: name.optional(),
    create: z.boolean().optional(),
    values: z.record(plainText.max(1_000), z.string().max(1_000)).optional(),
    currency: z.string().length(3).optional(),
  })
  .meta({ id: 'ColumnTarget' })

export const importOrder = z
  .strictObject({
    file: plainText.max(100),
    object: name,
    mapping: z.record(plainText.max(1_000), z.union([name, columnTarget, z.null()])),
    key: name.optional(),
    entry: name.optional(),
    on_missing_reference: z.enum(['refuse', 'blank']).optional(),
    dry_run: z.boolean().optional(),
    locale: z
      .strictObject({
        decimal: z.enum(['.', ',']).optional(),
        date: z.enum(['ymd', 'dmy', 'mdy']).optional(),
      })
      .optional(),
  })
  .meta({ id: 'ImportOrder' })

export const startedImport = z.object({ id: text }).meta({ id: 'StartedImport' })

export const importRun = z
  .object({
    id: text,
    object: text,
    file_name: text.nullable(),
    status: z.enum(['queued', 'running', 'done', 'cancelled', 'failed']),
    dry_run: z.boolean(),
    total: z.number().int(),
    done: z.number().int(),
    created: z.number().int(),
    updated: z.number().int(),
    failed: z.number().int(),
    error: text.nullable(),
    started_at: text.nullable(),
    finished_at: text.nullable(),
  })
  .meta({ id: 'ImportRun' })

export const importRuns = z.object({ imports: z.array(importRun) }).meta({ id: 'ImportRuns' })

export const importProblemsQuery = z.strictObject({
  after: z.coerce.number().pipe(z.int().min(0)).optional(),
})

export const importProblems = z
  .object({
    rows: z.array(
      z.object({
        line: z.number().int(),
        status: z.enum(['failed', 'warning']),
        problems: z.array(
          z.looseObject({
            field: text.optional(),
            column: text.optional(),
            code: text,
            message: localText,
          }),
        ),
        source: z.record(text, text),
      }),
    ),
    next: text.nullable(),
  })
  .meta({ id: 'ImportProblems' })

/** What `values` of a column's mapping can correct. */
export const unknownValues = z
  .object({
    values: z.array(z.object({ column: text, field: text, text, rows: z.number().int() })),
  })
  .meta({ id: 'UnknownValues' })
