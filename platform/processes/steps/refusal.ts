import { TesseraError } from '../../access/errors.ts'
import type { EventModel, ProcessModel } from '../../definitions/model/model.ts'
import { userVariable } from '../../access/principal.ts'
import { visibleText } from '../../access/visible-paths.ts'
import type { Expression } from '../../language/types.ts'
import { localText } from '../../records/write/rules.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import type { RecordValues } from '../../records/values.ts'
import { machineOf } from '../machine/machine-cache.ts'

export type RefusalReason = 'ended' | 'state' | 'role' | 'condition' | 'guard' | 'part'

const texts: Readonly<Record<RefusalReason | 'unsaid', { en: string; 'zh-CN': string }>> = {
  ended: { en: 'The process has ended.', 'zh-CN': '流程已结束。' },
  state: { en: 'Not possible in the state “{state}”.', 'zh-CN': '在“{state}”状态下不能执行。' },
  part: { en: '“{part}” is not at work on this record now.', 'zh-CN': '“{part}”目前未在此记录上运行。' },
  role: {
    en: 'Your roles do not allow it; it takes: {roles}.',
    'zh-CN': '您的角色无权执行；需要：{roles}。',
  },
  condition: {
    en: 'Not possible now: it needs {condition}.',
    'zh-CN': '目前不能执行：需要满足 {condition}。',
  },
  guard: {
    en: 'The process does not let it through: it needs {condition}.',
    'zh-CN': '流程不允许：需要满足 {condition}。',
  },
  unsaid: {
    en: 'Not possible now, for something that you may not see.',
    'zh-CN': '目前不能执行，原因涉及您无权查看的内容。',
  },
}

/** Why an event is not possible, in the language of the principal; undefined where it is. */
export interface Refusal {
  readonly reason: RefusalReason
  readonly text: string
}

/** Checks everything about an event that does not depend on what is filled in. */
export function refusalOf(
  unit: UnitOfWork,
  options: { process: ProcessModel; snapshot: unknown; event: EventModel; record: RecordValues },
): Refusal | undefined {
  const { process, snapshot, event, record } = options
  const configuration = machineOf(process).inspect(snapshot)
  if (configuration.isEnded) return refusal(unit, 'ended')
  const candidates = configuration.candidates(event.name)
  if (candidates.length === 0)
    return refusal(unit, 'state', { state: stateLabels(unit, process, configuration.states) })
  const { allowedRoles } = event
  if (allowedRoles !== undefined && !unit.principal.roles.some((role) => allowedRoles.has(role)))
    return refusal(unit, 'role', { roles: roleLabels(unit, allowedRoles) })
  const variables = {
    record,
    user: userVariable(unit.principal),
    context: configuration.context,
    event: {},
    created: {},
  }
  const refusedFor = (reason: 'condition' | 'guard', conditions: readonly (Expression | undefined)[]) =>
    conditionRefusal(unit, { reason, object: process.object, conditions })
  if (event.allowedWhen !== undefined && event.allowedWhen.evaluate(variables, unit.moment) !== true)
    return refusedFor('condition', [event.allowedWhen])
  const guards = candidates.map(({ guard }) => (guard === undefined ? undefined : process.expressions[guard]))
  const isOpen = guards.some(
    (guard) =>
      guard === undefined ||
      guard.paths.some((path) => path[0] === 'event') ||
      guard.evaluate(variables, unit.moment) === true,
  )
  if (isOpen) return undefined
  return refusedFor('guard', guards)
}

/** A refusal that says what it needs, unless that names what the person may not see. */
export function conditionRefusal(
  unit: UnitOfWork,
  {
    reason,
    object,
    conditions,
  }: { reason: 'condition' | 'guard'; object: string; conditions: readonly (Expression | undefined)[] },
): Refusal {
  const shown = conditions.map((condition) => condition && visibleText(unit, object, condition))
  if (!shown.every((text) => text !== undefined)) return { ...refusal(unit, 'unsaid'), reason }
  return refusal(unit, reason, { condition: shown.join(' / ') })
}

export function refusal<Reason extends RefusalReason | 'unsaid'>(
  unit: UnitOfWork,
  reason: Reason,
  values: Readonly<Record<string, string>> = {},
): { reason: Reason; text: string } {
  const text = localText(texts[reason], unit.principal.locale)
  return { reason, text: text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '') }
}

/**
 * The names of the events that are possible now.
 * @param mayUpdate whether the person may change the record
 */
export function possibleEventNames(
  unit: UnitOfWork,
  options: { process: ProcessModel; snapshot: unknown; record: RecordValues; mayUpdate: boolean },
): readonly string[] {
  return [...options.process.events.values()]
    .filter(({ needs }) => needs !== 'update' || options.mayUpdate)
    .filter((event) => refusalOf(unit, { ...options, event }) === undefined)
    .map((event) => event.name)
}

export function eventRefused(
  event: string,
  text: string,
  members: { reason: string; possible: readonly string[] },
): TesseraError {
  return new TesseraError('event_refused', text, { members: { event, ...members } })
}

function stateLabels(unit: UnitOfWork, process: ProcessModel, states: readonly string[]): string {
  return states
    .map((path) => localText(process.states.get(path)?.label ?? path, unit.principal.locale))
    .join(', ')
}

function roleLabels(unit: UnitOfWork, roles: ReadonlySet<string>): string {
  return [...roles]
    .map((role) => localText(unit.model.roles.get(role)?.label ?? role, unit.principal.locale))
    .join(', ')
}
