import type { Expression, ExprType } from '../../../language/types.ts'
import { describeType } from '../../../language/index.ts'
import type { Address } from '../../model/problem-list.ts'
import type { QueueModel } from '../../model/queue.ts'
import { compileTo, compileValue } from '../compile.ts'
import type { Linkage } from '../linkage.ts'
import { recordOf } from '../scope.ts'
import { dependsOnMoment } from '../service-level/conditions.ts'

interface Declared {
  readonly at: Address
  readonly text: string | undefined
  /** The object behind `record`. */
  readonly object: string
}

export function linkQueueCondition(linkage: Linkage, declared: Declared): Expression | undefined {
  return linkTo(linkage, declared, { kind: 'bool' })
}

export function linkQueueNumber(
  linkage: Linkage,
  declared: Declared & { kind: 'decimal' | 'int' },
): Expression | undefined {
  return linkTo(linkage, declared, { kind: declared.kind })
}

/** Compiles an expression that gives a record. */
export function linkQueueReference(linkage: Linkage, { at, text, object }: Declared): Expression | undefined {
  if (text === undefined) return undefined
  const expression = compileValue(linkage, { at, text, variables: { record: recordOf(object) } })
  if (expression === undefined || expression.type.kind === 'record') return expression
  linkage.problems.error({
    at,
    code: 'expression_type',
    message: `The expression gives ${describeType(expression.type)}; a record is needed here.`,
    remedy: 'Name a reference, such as `record.account`.',
  })
  return undefined
}

/** The place in a queue is reckoned when work comes and when its record changes; nobody looks as time passes. */
function linkTo(linkage: Linkage, { at, text, object }: Declared, to: ExprType): Expression | undefined {
  if (text === undefined) return undefined
  const expression = compileTo(linkage, { at, text, variables: { record: recordOf(object) }, to })
  if (expression !== undefined && dependsOnMoment(linkage, object, expression))
    linkage.problems.error({
      at,
      code: 'queue_by_time',
      message:
        'The expression changes as time passes, without the record being written; the queue would not follow.',
      remedy: 'Say with "ageing" how waiting makes work more urgent.',
    })
  return expression
}

/** The record's own fields with which the place of its work changes. */
export function fieldsOf(
  linkage: Linkage,
  queue: Pick<QueueModel, 'object' | 'priority' | 'weight' | 'stickyBy' | 'rules'>,
): ReadonlySet<string> {
  const fields = linkage.objects.get(queue.object)?.fields
  const found = new Set<string>()
  const visit = (expression: Expression | undefined) => {
    for (const [root, name = ''] of expression?.paths ?? []) {
      if (root !== 'record' || found.has(name)) continue
      found.add(name)
      visit(fields?.get(name)?.formula?.expression)
    }
  }
  for (const expression of [queue.priority, queue.weight, queue.stickyBy]) visit(expression)
  for (const { when } of queue.rules) visit(when)
  return found
}
