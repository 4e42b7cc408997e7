import { invalid, TesseraError, type Fault } from '../../access/errors.ts'
import { principalSlots } from '../../access/principal.ts'
import type { FieldModel, ObjectModel } from '../../definitions/model/model.ts'
import { forbidden } from '../explain/forbidden.ts'
import { indexTokens } from '../search-tokens.ts'
import { runStatement } from '../read/run.ts'
import { readRow } from '../read/statement-cache.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { isBlank, isSame, type RecordValues } from '../values.ts'
import { hiddenAmongReferences } from './hidden-among-references.ts'
import type { CompiledWrite } from './statements.ts'

/** Runs a compiled write and refuses what must not have happened; the caller's transaction then rolls back. */
export async function runWrite(
  unit: UnitOfWork,
  options: { object: ObjectModel; compiled: CompiledWrite; environment: Readonly<Record<string, unknown>> },
): Promise<RecordValues> {
  const broken = await hiddenAmongReferences(unit, options)
  if (broken.length > 0) throw invalid(broken.map(badReference))
  const [row] = await runRows(unit, options)
  return permittedRecord(unit, { ...options, row: row as readonly unknown[] })
}

/** The rows that a compiled write gives, not looked at yet. */
export function runRows(
  unit: UnitOfWork,
  options: { object: ObjectModel; compiled: CompiledWrite; environment: Readonly<Record<string, unknown>> },
): Promise<readonly (readonly unknown[])[]> {
  const { object, compiled, environment } = options
  return runStatement(unit, compiled.statement, {
    ...principalSlots(unit.principal),
    now: unit.moment.now.toISOString(),
    by: unit.principal.userId ?? null,
    cause: unit.cause ?? null,
    ...environment,
  }).catch((error: unknown) => {
    throw translated(error, { unit, object })
  })
}

/** The record in a row that a write gave; refuses what must not have happened. */
export function permittedRecord(
  unit: UnitOfWork,
  { object, compiled, row }: { object: ObjectModel; compiled: CompiledWrite; row: readonly unknown[] },
): RecordValues {
  const broken = compiled.references.filter(({ column }) => row[column] === false)
  if (broken.length > 0) throw invalid(broken.map(({ field }) => badReference(field)))
  if (row[compiled.permitted] !== true)
    throw forbidden(
      unit,
      `Your roles (${unit.rights.roles || 'none'}) do not let you put this ${object.name} where the new values would place it.`,
      { object, action: 'update', level: 'record' },
    )
  return readRow(compiled.readers, row)
}

/** The same for a record that is not there and for one that may not be seen: who asks does not learn which it is. */
export function badReference({ name, reference }: FieldModel): Fault {
  const message = `refers to a ${reference?.to} that does not exist, may not be seen or may not be chosen here`
  return { field: name, code: 'reference', message }
}

function circleFault(field: string, { name }: ObjectModel): Fault {
  return {
    field,
    code: 'circle',
    message: `would place this ${name} below itself; choose one that is not below it`,
  }
}

/** The changes from one record to another, by field, for the history. */
export function changesBetween(
  fields: Iterable<FieldModel>,
  before: RecordValues | undefined,
  after: RecordValues,
): Record<string, { from: unknown; to: unknown }> {
  const changes: Record<string, { from: unknown; to: unknown }> = {}
  for (const field of fields) {
    if (field.type.storage === 'computed' || field.lines !== undefined) continue
    const from = before?.[field.name] ?? null
    const to = after[field.name] ?? null
    if (!isSame(from, to)) changes[field.name] = { from, to }
  }
  return changes
}

/** The words under which full-text search finds a record. */
export function searchTokens(object: ObjectModel, values: RecordValues): string[] {
  const texts = object.searchFields
    .filter((field) => field.type.searchText !== undefined && !isBlank(values[field.name]))
    .map((field) => field.type.searchText?.(values[field.name]) ?? '')
  return indexTokens(texts.join('\n'))
}

interface PostgresError {
  readonly code?: string
  readonly detail?: string
}

/** Whose write broke a constraint, of which object. */
interface Breached {
  readonly unit: UnitOfWork
  readonly object: ObjectModel
}

/** Breaches of constraints become faults of the request that name the fields. */
function translated(error: unknown, of: Breached): unknown {
  const { object } = of
  const { code, detail = '' } = error as PostgresError
  if (code === '23505') return uniqueFault(of, { detail, cause: error })
  // Raised by the trigger that keeps trees.
  if (code === 'TS001' && object.hierarchy !== undefined)
    return invalid([circleFault(object.hierarchy, object)], error)
  if (code === '23503') {
    const field = [...object.fields.values()].find((each) =>
      detail.includes(`(${each.columns[0]?.name ?? '\u0000'})=`),
    )
    if (field !== undefined) return invalid([badReference(field)], error)
  }
  return error
}

/** Names the fields of the key that may be seen. */
function uniqueFault(
  { unit, object }: Breached,
  { detail, cause }: { detail: string; cause: unknown },
): TesseraError {
  const granted = unit.rights.object(object.name)
  const columns =
    /^Key \((.+?)\)=/
      .exec(detail)?.[1]
      ?.split(', ')
      .map((name) => name.replaceAll('"', '')) ?? []
  const fields = [...object.fields.values()].filter(
    (field) => columns.includes(field.columns[0]?.name ?? '') && granted.field(field.name) !== 'hidden',
  )
  const faults = (fields.length > 0 ? fields : [undefined]).map((field) => ({
    ...(field === undefined ? {} : { field: field.name }),
    code: 'unique',
    message: `another ${object.name} has the same ${fields.map((each) => each.name).join(' and ') || 'values'} already`,
  }))
  return new TesseraError('validation', `${faults[0]?.field ?? object.name}: ${faults[0]?.message}`, {
    faults,
    cause,
  })
}
