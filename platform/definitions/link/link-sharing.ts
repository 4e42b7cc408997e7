import type { LocalText, ObjectModel, SharingModel } from '../model/model.ts'
import { inside, type Address } from '../model/problem-list.ts'
import { compileCondition } from './compile.ts'
import type { Linkage } from './linkage.ts'
import { checkRoles } from './roles.ts'
import { recordOf, userType } from './scope.ts'

interface Declared {
  readonly by_hand?: boolean
  readonly longest_days?: number
  readonly rules?: Readonly<
    Record<
      string,
      { label: LocalText; roles: Record<string, boolean>; where: string; access?: 'read' | 'update' }
    >
  >
}

/** How records of an object are shared. Rules become a part of the one condition under which a row may be read. */
export function linkSharing(
  linkage: Linkage,
  { at, object, document }: { at: Address; object: ObjectModel; document: Readonly<Record<string, unknown>> },
): SharingModel {
  const declared = (document.sharing ?? {}) as Declared
  const place = inside(at, 'sharing')
  if (document.sharing !== undefined && document.parent !== undefined)
    linkage.problems.error({
      at: place,
      code: 'sharing',
      message: 'Lines are seen and changed with the record that they belong to.',
      remedy: 'Declare the sharing of that record.',
    })
  if (declared.longest_days !== undefined && declared.by_hand !== true)
    linkage.problems.error({
      at: inside(place, 'longest_days'),
      code: 'sharing',
      message: 'Nothing is shared by hand.',
      remedy: 'Add "by_hand": true, or remove "longest_days".',
    })
  return {
    byHand: declared.by_hand === true,
    longestDays: declared.longest_days,
    rules: Object.entries(declared.rules ?? {}).flatMap(([name, rule]) => {
      const at = inside(place, 'rules', name)
      const roles = checkRoles(linkage, rule.roles, inside(at, 'roles')) as ReadonlySet<string>
      const where = compileCondition(linkage, {
        at: inside(at, 'where'),
        text: rule.where,
        variables: { record: recordOf(object.name), user: userType },
      })
      if (where === undefined) return []
      if (where.sqlObstacle !== undefined)
        linkage.problems.error({
          at: { ...inside(at, 'where'), offset: where.sqlObstacle.position },
          code: 'not_in_database',
          message: `The database cannot evaluate the rule: ${where.sqlObstacle.message}.`,
          remedy: 'Write the rule without this part.',
        })
      return [{ name, label: rule.label, roles, where, access: rule.access ?? 'read' }]
    }),
  }
}
