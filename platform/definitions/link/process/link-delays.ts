import { describeType } from '../../../language/index.ts'
import type { Expression, ExprType } from '../../../language/types.ts'
import type { DelayModel, LocalText } from '../../model/model.ts'
import { inside } from '../../model/problem-list.ts'
import { labelOf } from '../names.ts'
import { linkExpression } from './link-values.ts'
import type { MachineLink } from './step-scope.ts'

/** Compiles the moments that `after` names; each a date or a datetime over the record and the process's memory. */
export function linkDelays(link: MachineLink): ReadonlyMap<string, DelayModel> {
  const declared = Object.entries(
    (link.process.document.delays ?? {}) as Record<string, { label?: LocalText; until: string }>,
  )
  return new Map(
    declared.map(([name, { label, until: text }]) => {
      const at = inside(link.process.at, 'delays', name, 'until')
      // Nobody stands behind a moment that moves with the record, and no event.
      const { record, context } = link.common as { record: ExprType; context: ExprType }
      const until = linkExpression(link, { at, text, variables: { record, context } })
      const expression = link.expressions[until]
      if (expression !== undefined && !moments.has(expression.type.kind))
        link.linkage.problems.error({
          at,
          code: 'expression_type',
          message: `The expression gives ${describeType(expression.type)}; a date or a datetime is needed here.`,
          remedy:
            'Name a field such as `record.valid_until`, or add to one: `record.valid_until + duration("P1D")`.',
        })
      return [name, { name, label: label ?? labelOf(name), until, fields: fieldsOf(expression) }]
    }),
  )
}

/** What is counted from the moment of entering stays as it was counted. */
function fieldsOf(expression: Expression | undefined): ReadonlySet<string> {
  if (expression === undefined || expression.usesMoment) return new Set()
  const own = expression.paths.filter(([root, field]) => root === 'record' && field !== undefined)
  return new Set(own.map(([, field]) => field as string))
}

const moments: ReadonlySet<string> = new Set(['date', 'datetime', 'null', 'dyn'])
