import { describeType } from '../../../language/index.ts'
import type { Expression, ExprType } from '../../../language/types.ts'
import type { DelayModel, LocalText } from '../../model/model.ts'
import { inside, type Address } from '../../model/problem-list.ts'
import { labelOf } from '../names.ts'
import { linkExpression } from './link-values.ts'
import type { MachineLink } from './step-scope.ts'

/** Compiles the moments that `after` names; each a date or a datetime over the record and the process's memory. */
export function linkDelays(link: MachineLink): ReadonlyMap<string, DelayModel> {
  const declared = Object.entries(
    (link.process.document.delays ?? {}) as Record<string, { label?: LocalText; until: string }>,
  )
  return new Map(
    declared.map(([name, { label, until: text }]) => [
      name,
      linkMoment(link, { name, label, text, at: inside(link.process.at, 'delays', name, 'until') }),
    ]),
  )
}

/** Compiles one moment, over the record and the process's memory: nobody stands behind it, and no event. */
export function linkMoment(
  link: MachineLink,
  { name, label, text, at }: { name: string; label: LocalText | undefined; text: string; at: Address },
): DelayModel {
  const { record, context } = link.common as { record: ExprType; context?: ExprType }
  const variables = { record, ...(context === undefined ? {} : { context }) }
  const until = linkExpression(link, { at, text, variables })
  const expression = link.expressions[until]
  if (expression !== undefined && !moments.has(expression.type.kind))
    link.linkage.problems.error({
      at,
      code: 'expression_type',
      message: `The expression gives ${describeType(expression.type)}; a date or a datetime is needed here.`,
      remedy:
        'Name a field such as `record.valid_until`, or add to one: `record.valid_until + duration("P1D")`.',
    })
  return { name, label: label ?? labelOf(name), until, fields: fieldsOf(link, { expression, at }) }
}

/**
 * The stored fields that decide the moment, those behind formulas included. What is counted with now() or today() stays
 * as it was counted.
 */
function fieldsOf(
  { linkage, process }: MachineLink,
  { expression, at }: { expression: Expression | undefined; at: Address },
): ReadonlySet<string> {
  const fields = new Set<string>()
  if (expression === undefined || expression.usesMoment) return fields
  const own = linkage.objects.get(process.object)?.fields
  const read = (paths: Expression['paths']) => {
    for (const [root, name, ...further] of paths) {
      const field = root === 'record' && name !== undefined ? own?.get(name) : undefined
      if (field === undefined || fields.has(field.name)) continue
      if (field.formula !== undefined) read(field.formula.expression.paths)
      else if (field.type.storage === 'stored' && further.length === 0) fields.add(field.name)
      else
        linkage.problems.error({
          at,
          code: 'moment_elsewhere',
          message: `"${[name, ...further].join('.')}" can change without the record being written; the moment would not follow.`,
          remedy: 'Use stored fields of the record; one of them can copy the value.',
        })
    }
  }
  read(expression.paths)
  return fields
}

const moments: ReadonlySet<string> = new Set(['date', 'datetime', 'null', 'dyn'])
