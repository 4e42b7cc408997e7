import { invalid, TesseraError, type Fault } from '../../access/errors.ts'
import { identifier } from '../../database/identifier.ts'
import type { FieldModel, ObjectModel } from '../../definitions/model/model.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { readableObject } from '../read/selection.ts'
import { isBlank, type RecordValues } from '../values.ts'
import { createRow } from './create-row.ts'
import { deleteRow } from './delete.ts'
import { RowsWritten, type LineChanges, type WrittenLines } from './line-changes.ts'
import { lockPrior } from './prior.ts'
import type { WriteOptions } from './request.ts'
import { updateRow } from './update-row.ts'

/**
 * Writes the whole list of each lines field: rows with an id are updated, rows without one are created, rows that are
 * missing are deleted. Faults bear the place of the row.
 */
export async function writeLines(
  unit: UnitOfWork,
  options: {
    object: ObjectModel
    parent: string
    lines: ReadonlyMap<FieldModel, readonly RecordValues[]>
    isNew: boolean
    write: WriteOptions
  },
): Promise<WrittenLines> {
  const written: Record<string, LineChanges> = {}
  const faults: Fault[] = []
  for (const field of options.object.fields.values()) {
    if (field.lines === undefined) continue
    const rows = options.lines.get(field)
    if (rows === undefined) {
      if (options.isNew && field.isRequired)
        faults.push({ field: field.name, code: 'required', message: 'needs at least one row' })
      continue
    }
    if (field.isRequired && rows.length === 0)
      faults.push({ field: field.name, code: 'required', message: 'needs at least one row' })
    const { faults: found, changes } = await writeRows(unit, { ...options, field, rows })
    faults.push(...found)
    if (changes !== undefined) written[field.name] = changes
  }
  if (faults.length > 0) throw invalid(faults)
  return written
}

async function writeRows(
  unit: UnitOfWork,
  options: {
    field: FieldModel
    rows: readonly RecordValues[]
    parent: string
    isNew: boolean
    write: WriteOptions
  },
): Promise<{ faults: readonly Fault[]; changes: LineChanges | undefined }> {
  const { field, rows, parent, isNew } = options
  const { object, through } = field.lines as NonNullable<FieldModel['lines']>
  const { by } = options.write
  const write: WriteOptions = { isWithin: true, ...(by === undefined ? {} : { by }) }
  const existing = isNew ? new Set<string>() : await rowIds(unit, { object, through, parent })
  const faults: Fault[] = []
  const written = new RowsWritten()
  for (const [at, row] of rows.entries()) {
    const { id, version, ...values } = row as { id?: string; version?: number } & Record<string, unknown>
    delete values[through]
    try {
      if (isBlank(id)) {
        const created = { object, values: { ...values, [through]: parent } }
        written.note('added', await createRow(unit, created, write, writeLines))
      } else if (existing.delete(String(id))) {
        const prior = await lockPrior(unit, {
          object: readableObject({ ...unit, object }),
          id: String(id),
          action: 'update',
        })
        const after = await updateRow(
          unit,
          {
            object,
            id: String(id),
            values: withoutKept(unit, object, values),
            ...(version === undefined ? {} : { version }),
          },
          { ...write, prior },
          writeLines,
        )
        if (after.version !== prior.version) written.note('changed', after)
      } else
        faults.push({
          field: field.name,
          path: `${at}/id`,
          code: 'reference',
          message: `row ${at + 1} is not a row of this record`,
        })
    } catch (error) {
      if (!(error instanceof TesseraError) || error.code !== 'validation') throw error
      for (const fault of error.faults)
        faults.push({
          field: field.name,
          path: `${at}/${fault.field ?? ''}`,
          code: fault.code,
          message: fault.message,
        })
    }
  }
  for (const id of existing) written.note('removed', (await deleteRow(unit, { object, id })).after)
  return { faults, changes: written.changes }
}

/** Rows come back as they were read: what the system keeps is left out, not refused. */
function withoutKept(
  unit: UnitOfWork,
  object: string,
  values: Record<string, unknown>,
): Record<string, unknown> {
  const fields = unit.model.objects.get(object)?.fields
  return Object.fromEntries(
    Object.entries(values).filter(([name]) => {
      const field = fields?.get(name)
      return field === undefined || !(field.isSystem || field.type.storage === 'computed')
    }),
  )
}

async function rowIds(
  unit: UnitOfWork,
  options: { object: string; through: string; parent: string },
): Promise<Set<string>> {
  const rows = await unit.sql.unsafe(
    `select id from ${identifier(options.object)} where ${identifier(options.through)} = $1::uuid and deleted_at is null`,
    [options.parent],
    { prepare: true },
  )
  return new Set(rows.map((row) => (row as unknown as { id: string }).id))
}
