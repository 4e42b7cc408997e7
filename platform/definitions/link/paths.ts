import type { FieldModel, FieldPath } from '../model/model.ts'
import type { Address } from '../model/problem-list.ts'
import { findField } from './look-up.ts'
import type { Linkage } from './linkage.ts'

/** Follows `account.owner.name` from an object; reports the first step that does not exist. */
export function followPath(
  linkage: Linkage,
  { object, path, at }: { object: string; path: string; at: Address },
): FieldPath | undefined {
  const fields: FieldModel[] = []
  let current = linkage.objects.get(object)
  for (const name of path.split('.')) {
    if (current === undefined) {
      const last = fields.at(-1)
      linkage.problems.error({
        at,
        code: 'not_a_reference',
        message: `"${last?.name ?? ''}" in "${path}" is of type ${last?.type.name ?? 'unknown'}; only references can be followed.`,
        remedy: `Write "${fields.map((field) => field.name).join('.')}", or choose a reference.`,
      })
      return undefined
    }
    const field = findField(linkage, { object: current, name, at })
    if (field === undefined) return undefined
    fields.push(field)
    current = field.joinTable === undefined ? linkage.objects.get(field.reference?.to ?? '') : undefined
  }
  return fields
}

const unordered: ReadonlySet<string> = new Set(['choices', 'references', 'lines', 'address', 'json'])

/** Why the database cannot order by the field; undefined where it can. */
export function obstacleToSort({ name, type, columns, formula }: FieldModel): string | undefined {
  if (unordered.has(type.name)) return `"${name}" is of type ${type.name}, which has no order`
  if (columns.length === 0 && formula?.expression.sqlObstacle !== undefined)
    return `"${name}" cannot be computed by the database (${formula.expression.sqlObstacle.message})`
  return undefined
}

/** Whether values of the field can be added up. */
export function isSummable({ expressionType }: FieldModel): boolean {
  return expressionType.kind === 'int' || expressionType.kind === 'decimal' || expressionType.kind === 'money'
}
