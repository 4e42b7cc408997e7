import { userVariable } from '../../access/principal.ts'
import { identifier } from '../../database/identifier.ts'
import { StatementBuilder } from '../../database/statement.ts'
import type { FieldModel, ObjectModel } from '../../definitions/model/model.ts'
import type { Expression } from '../../language/types.ts'
import { SelectList } from '../read/columns.ts'
import { addTree } from '../read/list.ts'
import { runStatement } from '../read/run.ts'
import { compiledOnce, readRow, type CompiledRead } from '../read/statement-cache.ts'
import { principalSlots } from '../../access/principal.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { referenceId, type RecordValues } from '../values.ts'

/**
 * Prepares a record for expressions that read the given paths: records behind references are loaded as far as the
 * paths go, formulas are computed on demand. Rules of the declarations see every record; no right is asked.
 */
export async function evaluationRecord(
  unit: UnitOfWork,
  options: { object: ObjectModel; values: RecordValues; paths: readonly (readonly string[])[] },
): Promise<RecordValues> {
  const { object, values } = options
  const record = recordWithFormulas(unit, object, values)
  const wanted = new Map<FieldModel, (readonly string[])[]>()
  for (const path of expandFormulas(object, options.paths)) {
    const field = object.fields.get(path[0] as string)
    if (field?.reference === undefined || path.length < 2 || path[1] === 'id') continue
    wanted.set(field, [...(wanted.get(field) ?? []), path.slice(1)])
  }
  for (const [field, deeper] of wanted) {
    const id = referenceId(values[field.name])
    if (id === null) continue
    record[field.name] = await loadForRules(unit, {
      object: field.reference?.to as string,
      id,
      paths: deeper,
    })
  }
  return record
}

/** The values of a record with the formulas as getters, so that only what is read is computed. */
export function recordWithFormulas(
  unit: UnitOfWork,
  object: ObjectModel,
  values: RecordValues,
): Record<string, unknown> {
  const record: Record<string, unknown> = { ...values }
  for (const field of object.fields.values()) {
    const { formula } = field
    if (formula === undefined) continue
    Object.defineProperty(record, field.name, {
      configurable: true,
      enumerable: true,
      get: () => formula.expression.evaluate({ record, user: userVariable(unit.principal) }, unit.moment),
    })
  }
  return record
}

/** Paths of formulas are replaced by the paths that the formulas read. */
export function expandFormulas(
  object: ObjectModel,
  paths: readonly (readonly string[])[],
): readonly (readonly string[])[] {
  return paths.flatMap((path) => {
    const formula = object.fields.get(path[0] as string)?.formula
    return formula === undefined ? [path] : expandFormulas(object, recordPaths([formula.expression]))
  })
}

/** The paths below `record` (or another variable) that expressions read. */
export function recordPaths(
  expressions: readonly Expression[],
  variable = 'record',
): readonly (readonly string[])[] {
  return expressions.flatMap((expression) =>
    expression.paths.filter((path) => path[0] === variable && path.length > 1).map((path) => path.slice(1)),
  )
}

/** A record by id with all its stored fields and what the paths reach, whatever the rights; null when it is gone. */
export async function loadForRules(
  unit: UnitOfWork,
  options: { object: string; id: string; paths: readonly (readonly string[])[] },
): Promise<RecordValues | null> {
  const values = await loadStored(unit, options)
  if (values === null) return null
  const object = unit.model.objects.get(options.object) as ObjectModel
  return evaluationRecord(unit, { object, values, paths: options.paths })
}

/** All that is stored of a record, whatever the rights; null when it is gone. */
export async function loadStored(
  unit: UnitOfWork,
  options: { object: string; id: string },
): Promise<RecordValues | null> {
  const object = unit.model.objects.get(options.object) as ObjectModel
  const compiled = compiledOnce<CompiledRead>(unit.model, `rules ${object.name}`, () => {
    const statement = new StatementBuilder()
    const list = new SelectList({ ...unit, statement, isGated: false })
    const tree = new Map(
      [...object.fields.values()]
        .filter((field) => field.lines === undefined && field.formula === undefined)
        .map((field) => [field.name, new Map()]),
    )
    addTree(list, { alias: 't', object, tree })
    const text = `select ${list.columns.join(', ')} from ${identifier(object.name)} t where t.id = ${statement.slot('id', 'uuid')}`
    return { statement: statement.build(text), readers: list.readers }
  })
  const [row] = await runStatement(unit, compiled.statement, {
    ...principalSlots(unit.principal),
    id: options.id,
  })
  return row === undefined ? null : readRow(compiled.readers, row)
}
