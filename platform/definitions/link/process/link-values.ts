import type { ExprType } from '../../../language/types.ts'
import type { FieldModel } from '../../model/model.ts'
import { inside, type Address } from '../../model/problem-list.ts'
import { suggest } from '../../nearest.ts'
import { compileTo, compileValue } from '../compile.ts'
import type { MachineLink, Variables } from './step-scope.ts'

/** Where the values of an action go. */
export interface ValueTarget {
  /** What it is, for messages: `The object "case"`. */
  readonly what: string
  readonly types: ReadonlyMap<string, ExprType>
  /** The fields, where the target has fields; checks that they can be written. */
  readonly fields?: ReadonlyMap<string, FieldModel>
}

/** The fields of an object as the target of values. */
export function objectTarget(link: MachineLink, object: string): ValueTarget | undefined {
  const fields = link.linkage.objects.get(object)?.fields
  return fields && { what: `The object "${object}"`, ...fieldTarget(fields) }
}

export function fieldTarget(fields: ReadonlyMap<string, FieldModel>): Omit<ValueTarget, 'what'> {
  return { types: new Map([...fields].map(([name, { expressionType }]) => [name, expressionType])), fields }
}

/** Compiles `values`: each expression against the type of the place it goes to; gives their numbers. */
export function linkValues(
  link: MachineLink,
  {
    values,
    target,
    at,
    variables,
  }: { values: Readonly<Record<string, string>>; target: ValueTarget; at: Address; variables: Variables },
): Record<string, number> {
  const numbers: Record<string, number> = {}
  for (const [name, text] of Object.entries(values)) {
    const place = inside(at, name)
    const to = target.types.get(name)
    if (to === undefined) {
      link.linkage.problems.error({
        at: { ...place, isKey: true },
        code: 'unknown_field',
        message: `${target.what} has no "${name}".`,
        remedy: suggest(name, target.types.keys(), 'It has'),
      })
      continue
    }
    const field = target.fields?.get(name)
    if (field !== undefined) checkWritable(link, { field, text, at: place })
    numbers[name] = numbered(link, compileTo(link.linkage, { at: place, text, variables, to }))
  }
  return numbers
}

/** Compiles an expression of any type and gives its number. */
export function linkExpression(
  link: MachineLink,
  { at, text, variables, to }: { at: Address; text: string; variables: Variables; to?: ExprType },
): number {
  const compilation = { at, text, variables }
  return numbered(
    link,
    to === undefined
      ? compileValue(link.linkage, compilation)
      : compileTo(link.linkage, { ...compilation, to }),
  )
}

/** The number of the expression in the process; -1 for one that did not compile, which has been reported. */
function numbered({ expressions }: MachineLink, expression: ReturnType<typeof compileValue>): number {
  return expression === undefined ? -1 : expressions.push(expression) - 1
}

function checkWritable(
  { linkage }: MachineLink,
  { field, text, at }: { field: FieldModel; text: string; at: Address },
): void {
  const fault = (message: string, remedy: string) =>
    linkage.problems.error({ at, code: 'not_writable', message, remedy })
  if (field.type.name === 'state')
    fault(`"${field.name}" shows the state; only transitions change it.`, 'Use a transition to the state.')
  else if (field.isSystem || field.type.storage === 'computed' || field.type.name === 'sequence')
    fault(`"${field.name}" is kept by the platform and cannot be set.`, 'Remove it.')
  else if (field.type.name === 'lines')
    fault(
      `"${field.name}" holds rows; they cannot be set as one value.`,
      'Use "lines" of the action "create".',
    )
  const literal = /^\s*'([^'\\]*)'\s*$/.exec(text)?.[1]
  if (literal !== undefined && literal !== '' && field.choices !== undefined && !field.choices.has(literal))
    linkage.problems.error({
      at,
      code: 'unknown_choice',
      message: `"${literal}" is not a choice of "${field.name}".`,
      remedy: suggest(literal, field.choices.keys(), 'Choices'),
    })
}
