import type { Expression } from '../../../language/types.ts'
import { describeType } from '../../../language/index.ts'
import type { EventModel, FieldModel, ObjectModel } from '../../model/model.ts'
import { inside, type Address } from '../../model/problem-list.ts'
import { suggest } from '../../nearest.ts'
import { isAssignable } from '../compile.ts'
import { userType } from '../scope.ts'
import type { ProcessOutline } from '../linkage.ts'
import { fieldTarget, linkExpression, linkValues, objectTarget } from './link-values.ts'
import { linkEmail, linkRequest } from './link-outgoing.ts'
import { presentField, presentFields, presentObject } from './names-since.ts'
import type { MachineLink, Variables } from './step-scope.ts'
import type { DeclaredAction } from './transitions.ts'

export interface ActionSite {
  readonly params: Readonly<Record<string, unknown>>
  readonly at: Address
  readonly variables: Variables
}

type Linked = Record<string, unknown>
type Values = Readonly<Record<string, string>>

/** Actions with the numbers of their expressions in place of the expressions. */
export function linkActions(
  link: MachineLink,
  { actions, at, variables }: { actions: readonly DeclaredAction[]; at: Address; variables: Variables },
): Linked[] {
  return actions.map(({ type, params }, position) => {
    const site: ActionSite = { params, at: inside(at, position, 'params'), variables }
    const linked = linkers[type]?.(link, site) ?? {}
    if (typeof params.when === 'string')
      linked.when = linkExpression(link, {
        at: inside(site.at, 'when'),
        text: params.when,
        variables,
        to: { kind: 'bool' },
      })
    return { type, params: { ...params, ...linked } }
  })
}

/** One entry for each action of the vocabulary; the parameters have passed its schema. */
const linkers: Readonly<Record<string, (link: MachineLink, site: ActionSite) => Linked>> = {
  set: (link, site) => valuesOf(link, site, link.process.object),
  create: linkCreate,
  update(link, site) {
    const target = linkRecord(link, site)
    return {
      target: target.number,
      ...(target.object === undefined ? {} : valuesOf(link, site, target.object)),
    }
  },
  note: (link, site) => ({ text: textOf(link, site) }),
  notify: (link, site) => ({ to: linkPeople(link, site), text: textOf(link, site) }),
  send: linkSend,
  raise: linkRaise,
  assign(link, { params, at, variables }) {
    const context = link.common.context
    const types = context?.kind === 'struct' ? context.fields : {}
    const target = { what: `The context of "${link.process.name}"`, types: new Map(Object.entries(types)) }
    return {
      values: linkValues(link, {
        values: params.values as Values,
        target,
        at: inside(at, 'values'),
        variables,
      }),
    }
  },
  call: linkCall,
  request: linkRequest,
  email: linkEmail,
}

function valuesOf(link: MachineLink, { params, at, variables }: ActionSite, object: string): Linked {
  const target = objectTarget(link, object)
  if (target === undefined) return {}
  return {
    values: linkValues(link, {
      values: presentFields(link.linkage.names, object, params.values as Values),
      target,
      at: inside(at, 'values'),
      variables,
    }),
  }
}

function textOf(link: MachineLink, { params, at, variables }: ActionSite): number {
  return linkExpression(link, {
    at: inside(at, 'text'),
    text: params.text as string,
    variables,
    to: { kind: 'string' },
  })
}

function linkPeople(link: MachineLink, { params, at, variables }: ActionSite): number {
  const number = linkExpression(link, { at: inside(at, 'to'), text: params.to as string, variables })
  const type = link.expressions[number]?.type
  if (
    type !== undefined &&
    !isAssignable(type, userType) &&
    !isAssignable(type, { kind: 'list', of: userType })
  )
    link.linkage.problems.error({
      at: inside(at, 'to'),
      code: 'expression_type',
      message: `The expression gives ${describeType(type)}; a person (or a list of people) is needed here.`,
      remedy: 'Name a field of type user, such as `record.owner`.',
    })
  return number
}

/** `target`: a record that the own record refers to, and its object. */
export function linkRecord(
  link: MachineLink,
  { params, at, variables }: ActionSite,
): { number: number; object: string | undefined } {
  const number = linkExpression(link, { at: inside(at, 'target'), text: params.target as string, variables })
  const expression: Expression | undefined = link.expressions[number]
  if (expression === undefined) return { number, object: undefined }
  if (expression.type.kind === 'record') return { number, object: expression.type.object }
  link.linkage.problems.error({
    at: inside(at, 'target'),
    code: 'expression_type',
    message: `The expression gives ${describeType(expression.type)}; a record is needed here.`,
    remedy: 'Name a reference, such as `record.account`.',
  })
  return { number, object: undefined }
}

function linkCreate(link: MachineLink, site: ActionSite): Linked {
  const { params, at, variables } = site
  const name = presentObject(link.linkage.names, params.object as string)
  const object = link.linkage.objects.get(name)
  if (object === undefined) {
    const remedy = suggest(name, link.linkage.objects.keys(), 'Known objects')
    link.linkage.problems.error({
      at: inside(at, 'object'),
      code: 'unknown_object',
      message: `There is no object "${name}".`,
      remedy,
    })
    return {}
  }
  const values = presentFields(link.linkage.names, name, params.values as Values)
  checkComplete(link, { fields: object.fields, values, at: inside(at, 'values') })
  const lines = params.lines as DeclaredLines | undefined
  return {
    object: name,
    ...valuesOf(link, site, name),
    ...(lines === undefined
      ? {}
      : { lines: linkLines(link, { lines, object, at: inside(at, 'lines'), variables }) }),
  }
}

interface DeclaredLines {
  readonly field: string
  readonly from: string
  readonly values: Values
}

function linkLines(
  link: MachineLink,
  {
    lines: declared,
    object: { name, fields },
    at,
    variables,
  }: { lines: DeclaredLines; object: ObjectModel; at: Address; variables: Variables },
): Linked {
  const lines = { ...declared, field: presentField(link.linkage.names, name, declared.field) }
  const field = fields.get(lines.field)
  const from = linkExpression(link, { at: inside(at, 'from'), text: lines.from, variables })
  const type = link.expressions[from]?.type
  if (type !== undefined && !(type.kind === 'list' && type.of.kind === 'record'))
    link.linkage.problems.error({
      at: inside(at, 'from'),
      code: 'expression_type',
      message: `The expression gives ${describeType(type)}; rows are needed here.`,
      remedy: 'Name a lines field, such as `record.lines`.',
    })
  if (field?.lines === undefined) {
    const named = [...fields.values()].filter((entry) => entry.lines !== undefined).map(({ name }) => name)
    link.linkage.problems.error({
      at: inside(at, 'field'),
      code: 'unknown_field',
      message: `The new record has no lines field "${lines.field}".`,
      remedy: suggest(lines.field, named, 'Its lines fields'),
    })
    return { ...lines, from }
  }
  const row = type?.kind === 'list' ? type.of : { kind: 'dyn' as const }
  const target = objectTarget(link, field.lines.object)
  const rows = link.linkage.objects.get(field.lines.object)
  if (target === undefined || rows === undefined) return { ...lines, from }
  const values = presentFields(link.linkage.names, rows.name, lines.values)
  const given = { ...values, [field.lines.through]: '' }
  checkComplete(link, { fields: rows.fields, values: given, at: inside(at, 'values') })
  return {
    ...lines,
    from,
    values: linkValues(link, {
      values,
      target,
      at: inside(at, 'values'),
      variables: { ...variables, row },
    }),
  }
}

/** A record without a required value would be refused each time. */
function checkComplete(
  link: MachineLink,
  { fields, values, at }: { fields: ReadonlyMap<string, FieldModel>; values: Values; at: Address },
): void {
  for (const field of fields.values()) {
    const isFilled =
      field.isSystem ||
      field.defaultValue !== undefined ||
      field.context.declaration.default_expression !== undefined
    if (!field.isRequired || isFilled || field.isReadOnly || Object.hasOwn(values, field.name)) continue
    link.linkage.problems.error({
      at,
      code: 'required_value',
      message: `"${field.name}" is required and has no default, but no value is given for it.`,
      remedy: `Add "${field.name}" to the values.`,
    })
  }
}

function linkSend(link: MachineLink, site: ActionSite): Linked {
  const { params, at, variables } = site
  const target = linkRecord(link, site)
  if (target.object === undefined) return { target: target.number }
  const receiver = [...link.linkage.processes.values()].find(
    ({ object, stateField }) => object === target.object && stateField !== undefined,
  )
  if (receiver === undefined) {
    link.linkage.problems.error({
      at: inside(at, 'event'),
      code: 'unknown_event',
      message: `No process governs "${target.object}".`,
      remedy: suggest(String(params.event), [], 'Known events'),
    })
    return { target: target.number }
  }
  const event = eventOf(link, { name: params.event as string, receiver, at: inside(at, 'event') })
  const values = (params.values ?? {}) as Values
  return {
    target: target.number,
    values: linkEventValues(link, { event, values, at: inside(at, 'values'), variables }),
  }
}

/** An event of the process itself, with the values that go along with it. */
export function linkRaise(link: MachineLink, { params, at, variables }: ActionSite): Linked {
  return {
    values: linkEventValues(link, {
      event: eventOf(link, { name: params.event as string, receiver: link.process, at: inside(at, 'event') }),
      values: (params.values ?? {}) as Values,
      at: inside(at, 'values'),
      variables,
    }),
  }
}

function eventOf(
  { linkage }: MachineLink,
  { name, receiver, at }: { name: string; receiver: ProcessOutline; at: Address },
): EventModel | undefined {
  const event = receiver.events.get(name)
  if (event === undefined)
    linkage.problems.error({
      at,
      code: 'unknown_event',
      message: `The process "${receiver.name}" has no event "${name}".`,
      remedy: suggest(name, receiver.events.keys(), 'Known events'),
    })
  return event
}

/** The values that go along with an event, by the form that people would fill in. */
function linkEventValues(
  link: MachineLink,
  {
    event,
    values,
    at,
    variables,
  }: { event: EventModel | undefined; values: Values; at: Address; variables: Variables },
): Readonly<Record<string, number>> {
  if (event === undefined) return {}
  checkComplete(link, { fields: event.form, values, at })
  const target = { what: `The form of "${event.name}"`, ...fieldTarget(event.form) }
  return linkValues(link, { values, target, at, variables })
}

export function linkCall(link: MachineLink, { params, at, variables }: ActionSite): Linked {
  const name = params.action as string
  if (!link.linkage.pluginActions.has(name))
    link.linkage.problems.error({
      at: inside(at, 'action'),
      code: 'unknown_action',
      message: `No plugin provides the action "${name}".`,
      remedy: suggest(name, link.linkage.pluginActions, 'Actions of plugins'),
    })
  const values = Object.entries((params.values ?? {}) as Values)
  const numbers = values.map(([key, text]) => [
    key,
    linkExpression(link, { at: inside(at, 'values', key), text, variables }),
  ])
  return { values: Object.fromEntries(numbers) as Record<string, number> }
}
