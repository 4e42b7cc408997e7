import { principalSlots } from '../../access/principal.ts'
import { identifier } from '../../database/identifier.ts'
import { StatementBuilder } from '../../database/statement.ts'
import type { FieldModel, ObjectModel } from '../../definitions/model/model.ts'
import { runStatement } from '../read/run.ts'
import { compiledOnce } from '../read/statement-cache.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { columnSlots, isToBeChecked, referenceCheck } from './statements.ts'

/**
 * The references of a row that do not hold, where PostgreSQL has refused the row because of one that leads nowhere. It
 * names that one alone, which would tell that the others lead to something, seen or not. It is asked beside the
 * transaction, which has failed: what was made in it counts as not there.
 * @param environment the slots of the written fields, as the write had them
 */
export async function brokenReferences(
  unit: UnitOfWork,
  { object, environment }: { object: ObjectModel; environment: Readonly<Record<string, unknown>> },
): Promise<readonly FieldModel[]> {
  const isNew = environment.action === 'create'
  const written = [...object.fields.values()].filter((field) => `field.${field.name}.0` in environment)
  const names = new Set(written.map(({ name }) => name))
  const checked = [...object.fields.values()].filter(
    (field) => field.name !== object.parent?.name && isToBeChecked(field, names),
  )
  if (checked.length === 0) return []
  const shape = JSON.stringify(['broken references', unit.rights.key, object.name, isNew, [...names]])
  const statement = compiledOnce(unit.model, shape, () => compile(unit, { object, names, checked, isNew }))
  const beside = { ...unit, sql: unit.pool }
  const [row] = await runStatement(beside, statement, { ...principalSlots(unit.principal), ...environment })
  return row === undefined ? [] : checked.filter((_, at) => row[at] === false)
}

/** The checks of the write, on the row as it would have been. */
function compile(
  unit: UnitOfWork,
  options: {
    object: ObjectModel
    names: ReadonlySet<string>
    checked: readonly FieldModel[]
    isNew: boolean
  },
) {
  const { object, names, checked, isNew } = options
  const statement = new StatementBuilder()
  const id = statement.slot('id', 'uuid')
  const columns = [...object.fields.values()]
    .filter(({ name }) => name !== 'id')
    .flatMap((field) =>
      names.has(field.name)
        ? columnSlots(statement, field).map(([name, slot]) => `${slot} as ${identifier(name)}`)
        : field.columns.map(({ name, type }) =>
            isNew ? `null::${type} as ${identifier(name)}` : `s.${identifier(name)}`,
          ),
    )
  const stored = isNew ? '' : ` from ${identifier(object.name)} s where s.id = ${id}`
  const checks = checked.map((field) => referenceCheck(unit, statement, field))
  return statement.build(
    `select ${checks.join(', ')} from (select ${[`${id} as id`, ...columns].join(', ')}${stored}) t`,
  )
}
