import { identifier } from '../../database/identifier.ts'
import { StatementBuilder } from '../../database/statement.ts'
import { principalSlots } from '../../access/principal.ts'
import { recordBinding } from '../../access/record-binding.ts'
import type { Model, ObjectModel } from '../../definitions/model/model.ts'
import { referencesToPerson } from '../../definitions/privacy/personal-fields.ts'
import { runStatement } from '../../records/read/run.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'

/** A record that an erasure is about: the person, what says that it is about the person, and their lines. */
export interface Subject {
  readonly object: ObjectModel
  readonly id: string
  readonly isDeleted: boolean
  /** Whether the declarations demand that it is kept. */
  readonly isKept: boolean
}

interface Link {
  readonly from: ObjectModel
  readonly field: string
}

/** More records than one person has; an object that names everybody as its person is declared wrongly. */
const most = 10_000

/** The record and everything that is about it, deleted records included, in the order of discovery. */
export async function findSubjects(
  unit: UnitOfWork,
  { object, id }: { object: ObjectModel; id: string },
): Promise<readonly Subject[]> {
  const found = new Map<string, Subject>()
  let open = await load(unit, object, 't.id = any(%)', [id])
  while (open.length > 0) {
    const fresh = open.filter((subject) => !found.has(keyOf(subject)))
    for (const subject of fresh) found.set(keyOf(subject), subject)
    if (found.size > most)
      throw new Error(
        `More than ${most} records are about ${object.name} ${id}; check the fields with "personal".`,
      )
    const next: Subject[] = []
    for (const [of, subjects] of Map.groupBy(fresh, (subject) => subject.object))
      for (const { from, field } of linksTo(unit.model, of))
        next.push(
          ...(await load(
            unit,
            from,
            `t.${identifier(field)} = any(%)`,
            subjects.map((each) => each.id),
          )),
        )
    open = next
  }
  return [...found.values()]
}

function keyOf({ object, id }: Subject): string {
  return `${object.name} ${id}`
}

/** The references by which other records are lines of a record or about it. */
function linksTo(model: Model, object: ObjectModel): readonly Link[] {
  return object.referencedBy.flatMap(({ object: name, field }) => {
    const from = model.objects.get(name) as ObjectModel
    const isLine = from.parent?.name === field
    return isLine || referencesToPerson(from).some((each) => each.name === field) ? [{ from, field }] : []
  })
}

async function load(
  unit: UnitOfWork,
  object: ObjectModel,
  condition: string,
  ids: readonly string[],
): Promise<readonly Subject[]> {
  const statement = new StatementBuilder()
  const binding = recordBinding({ model: unit.model, object: object.name, alias: 't', statement })
  const { keeps } = object.privacy
  const kept = keeps === undefined ? 'false' : keeps.when.toPredicate(binding, 'bound').sql
  const where = condition.replace('%', statement.slot('ids', 'uuid[]'))
  const text =
    `select t.id, t.deleted_at is not null, coalesce(${kept}, false) from ${identifier(object.name)} t ` +
    `where ${where} order by t.id limit ${most + 1}`
  const rows = await runStatement(unit, statement.build(text), { ...principalSlots(unit.principal), ids })
  return rows.map(([id, isDeleted, isKept]) => ({
    object,
    id: String(id),
    isDeleted: isDeleted === true,
    isKept: isKept === true,
  }))
}
