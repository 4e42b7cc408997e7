import type { EventModel, FieldModel } from '../../definitions/model/model.ts'
import type { Expression, Moment } from '../../language/types.ts'
import { isBlank, type RecordValues } from '../../records/values.ts'
import type { Configuration } from '../machine/compiled-machine.ts'
import type { RefusedBecause } from './outcome.ts'
import { told } from './past-decider.ts'

export interface Circumstances {
  readonly record: object
  readonly user: object
  readonly moment: Moment
}

export type Verdict =
  | { readonly reason: RefusedBecause; readonly text: string }
  /** It cannot be told. */
  | { readonly unknown: string }
  | undefined

/**
 * Whether a person may send an event there and then, by the roles and the condition that the declaration names. The
 * rights on the record are not judged: they are a matter of roles, not of the process.
 * What the version that ran permitted in the same words is permitted.
 * @param mayBeSent whether a process sends the event, too: then it is not recorded who did
 */
export function judge(
  event: EventModel,
  { record, user, moment }: Circumstances,
  {
    configuration,
    mayBeSent,
    permittedBy,
  }: { configuration: Configuration; mayBeSent: boolean; permittedBy: EventModel | undefined },
): Verdict {
  if (event.allowedRoles !== undefined && !isSameSet(event.allowedRoles, permittedBy?.allowedRoles)) {
    const roles = told(() => (user as { roles: unknown }).roles)
    if ('reason' in roles) return { unknown: roles.reason }
    const held = (roles.value ?? []) as readonly string[]
    if (!held.some((role) => event.allowedRoles?.has(role)))
      return orUnknown(mayBeSent, {
        reason: 'role',
        text: `It takes one of the roles ${[...event.allowedRoles].join(', ') || '(none)'}; the sender had ${held.join(', ') || 'none'}.`,
      })
  }
  const condition = event.allowedWhen
  if (condition === undefined || condition.text === permittedBy?.allowedWhen?.text) return undefined
  const { context } = configuration
  const holds = told(() => condition.evaluate({ record, user, context, event: {}, created: {} }, moment))
  if ('reason' in holds) return { unknown: holds.reason }
  return holds.value === true
    ? undefined
    : orUnknown(mayBeSent, { reason: 'condition', text: `It needs ${condition.text}.` })
}

function isSameSet(left: ReadonlySet<string>, right: ReadonlySet<string> | undefined): boolean {
  return right !== undefined && left.size === right.size && [...left].every((each) => right.has(each))
}

function orUnknown(mayBeSent: boolean, refused: { reason: RefusedBecause; text: string }): Verdict {
  return mayBeSent
    ? {
        unknown: `it would be refused to a person (${refused.text}), and it is not recorded whether a person or a process sent it`,
      }
    : refused
}

/** What was filled in, as a form of the draft takes it: values that it no longer asks for are left out. */
export function refill(
  form: ReadonlyMap<string, FieldModel>,
  given: RecordValues,
  { record, user, moment }: Circumstances,
): { readonly values: RecordValues } | { readonly text: string } {
  const values: Record<string, unknown> = {}
  for (const field of form.values()) {
    const value = given[field.name] ?? field.defaultValue
    const checked = isBlank(value) ? undefined : field.type.check(value, field.context)
    if (checked?.ok === false) return { text: `"${field.name}" ${checked.message}.` }
    values[field.name] = checked?.value ?? null
  }
  const holds = (expression: Expression | undefined) =>
    expression?.evaluate({ record, user, event: values }, moment) === true
  for (const field of form.values()) {
    if (isBlank(values[field.name]) && field.defaultExpression !== undefined && !(field.name in given)) {
      const value = field.defaultExpression.evaluate({ record, user }, moment)
      const checked = isBlank(value) ? undefined : field.type.check(value, field.context)
      values[field.name] = checked?.ok === true ? checked.value : null
    }
    const isApplicable = field.visibleWhen === undefined || holds(field.visibleWhen)
    const isWanted = field.isRequired || holds(field.requiredWhen)
    if (isApplicable && isWanted && isBlank(values[field.name]))
      return { text: `The form asks for "${field.name}", which was not filled in.` }
    if (!isApplicable) values[field.name] = null
  }
  return { values }
}
