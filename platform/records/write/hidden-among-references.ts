import { isOpenToRead, rowPredicate } from '../../access/predicate.ts'
import { principalSlots } from '../../access/principal.ts'
import { identifier } from '../../database/identifier.ts'
import { StatementBuilder } from '../../database/statement.ts'
import type { FieldModel, ObjectModel } from '../../definitions/model/model.ts'
import { runStatement } from '../read/run.ts'
import { compiledOnce } from '../read/statement-cache.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { columnSlots, isToBeChecked, referenceCheck } from './statements.ts'

/**
 * The references of a row that do not hold, asked before it is written where there are several and one leads to an object of
 * which not every record is seen. Of a reference that leads nowhere PostgreSQL tells before all others are looked at; that the
 * others are not named then would tell that they lead to something, seen or not. Elsewhere the write finds out by itself.
 * @param environment the slots of the written fields, as the write has them
 */
export async function hiddenAmongReferences(
  unit: UnitOfWork,
  { object, environment }: { object: ObjectModel; environment: Readonly<Record<string, unknown>> },
): Promise<readonly FieldModel[]> {
  const given = (name: string) => environment[`field.${name}.0`]
  const fields = [...object.fields.values()]
  const names = new Set(fields.map(({ name }) => name).filter((name) => given(name) !== undefined))
  const checked = fields.filter(
    ({ name, reference }) =>
      // Lines may be made with a record that is only made and not read.
      !(name === object.parent?.name && unit.rights.object(reference?.to ?? '').read.length === 0) &&
      given(name) !== null &&
      // Whoever writes is there.
      !(reference?.to === 'user' && given(name) === unit.principal.userId),
  )
  const asked = checked.filter((field) => isToBeChecked(field, names))
  const isOpen = ({ reference }: FieldModel) =>
    reference === undefined || reference.to === 'user' || isOpenToRead({ ...unit, object: reference.to })
  if (asked.length < 2 || asked.every(isOpen)) return []
  const isNew = environment.action === 'create'
  const shape = [unit.rights.key, object.name, isNew, [...names], asked.map(({ name }) => name)]
  const statement = compiledOnce(unit.model, JSON.stringify(['references', ...shape]), () =>
    compile(unit, { object, names, checked: asked, isNew }),
  )
  const [row] = await runStatement(unit, statement, { ...principalSlots(unit.principal), ...environment })
  return row === undefined ? [] : asked.filter((_, at) => row[at] === false)
}

/** Whether the record of a line is there for whoever may see it or change it; whether he may, the write asks itself. */
function parentCheck(unit: UnitOfWork, statement: StatementBuilder, field: FieldModel): string {
  const to = field.reference?.to as string
  const may = (action: 'read' | 'update') =>
    rowPredicate({ ...unit, object: to, alias: 'c', action, statement, rows: 'few' })
  return (
    `exists (select 1 from ${identifier(to)} c where c.id = t.${identifier(field.name)} ` +
    `and c.deleted_at is null and (${may('read')} or ${may('update')}))`
  )
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
  const checks = checked.map((field) =>
    field.name === object.parent?.name
      ? parentCheck(unit, statement, field)
      : referenceCheck(unit, statement, field),
  )
  return statement.build(
    `select ${checks.join(', ')} from (select ${[`${id} as id`, ...columns].join(', ')}${stored}) t`,
  )
}
