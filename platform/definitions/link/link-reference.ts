import type { FieldModel, ReferenceModel, ReferringModel } from '../model/model.ts'
import { inside, type Address } from '../model/problem-list.ts'
import type { Expression } from '../../language/types.ts'
import { compileCondition } from './compile.ts'
import type { Linkage } from './linkage.ts'
import { recordOf, userType } from './scope.ts'

/** Compiles which records may be referred to. @param referring the object behind `referring` */
export function linkReference(
  linkage: Linkage,
  { field, at, referring }: { field: FieldModel; at: Address; referring: string },
): ReferenceModel {
  const reference = field.reference as ReferenceModel
  const text = field.context.declaration.where
  if (typeof text !== 'string') return reference
  const place = inside(at, 'where')
  const variables = { record: recordOf(reference.to), user: userType, referring: recordOf(referring) }
  const where = compileCondition(linkage, { at: place, text, variables })
  if (where === undefined) return reference
  if (where.sqlObstacle !== undefined)
    linkage.problems.error({
      at: { ...place, offset: where.sqlObstacle.position },
      code: 'not_in_database',
      message: `The database cannot evaluate the condition: ${where.sqlObstacle.message}.`,
      remedy: 'Write it without this part.',
    })
  const isMany = field.type.name === 'references'
  return {
    ...reference,
    where,
    referring: referringOf(linkage, { where, object: referring, at: place, isMany }),
  }
}

/** What the condition reads of the record that refers: fields that are stored, whose change can be noticed. */
function referringOf(
  linkage: Linkage,
  { where, object, at, isMany }: { where: Expression; object: string; at: Address; isMany: boolean },
): ReferringModel | undefined {
  const paths = where.paths.filter(([root]) => root === 'referring')
  if (paths.length === 0) return undefined
  if (isMany)
    linkage.problems.error({
      at,
      code: 'referring',
      message: 'Which records a many-to-many field may name cannot depend on the record that refers.',
      remedy: 'Use a field of type reference, or a condition over the candidate and the user alone.',
    })
  const fields = new Set(paths.map(([, name = 'id']) => name))
  for (const name of fields) {
    const field = linkage.objects.get(object)?.fields.get(name)
    if (field === undefined || (field.type.storage === 'stored' && field.columns.length > 0)) continue
    linkage.problems.error({
      at,
      code: 'referring',
      message: `"${name}" of the record that refers is not stored in it; the choice could not be checked when it changes.`,
      remedy: 'Compare with a field that is filled in, such as a reference or a choice.',
    })
  }
  return { object, fields }
}
