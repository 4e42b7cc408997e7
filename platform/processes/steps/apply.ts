import type { ObjectModel } from '../../definitions/model/model.ts'
import { asConsequence, withCause, type UnitOfWork } from '../../records/unit-of-work.ts'
import type { RecordValues } from '../../records/values.ts'
import { createRecord } from '../../records/write/create.ts'
import { updateRecord } from '../../records/write/update.ts'
import { beginApproval, type ImmediateResult } from '../approvals/begin.ts'
import { insertNotification } from '../notifications/notifications.ts'
import { sendMail, sendOut } from '../outgoing/send-out.ts'
import type { ProcessPorts } from '../ports.ts'
import { closeInvocations } from '../invocations/close.ts'
import { armTimer, cancelTimers } from '../timers/timers.ts'
import { delayOf } from '../timers/waiting.ts'
import { closeWork, openWork } from '../work-items/open.ts'
import { actingProcess } from './acting.ts'
import type { Effect } from './effects.ts'
import type { Instance } from './instance.ts'

export interface EventRequest {
  readonly object: string
  readonly id: string
  readonly event: string
  readonly values: RecordValues
  /** The version of the record that the sender has seen. */
  readonly version?: number
}

export type EventSender = (
  unit: UnitOfWork,
  request: EventRequest,
  options: { depth: number; ports: ProcessPorts; by: 'process' },
) => Promise<AppliedStep>

/** What was done, and what is to start when it is done. */
export interface AppliedEffects extends AppliedStep {
  readonly invoked: readonly Extract<Effect, { kind: 'invoke' }>[]
  /** Results of approvals that were over as soon as they began. */
  readonly results: readonly ImmediateResult[]
}

export interface AppliedStep {
  /** The record after the step. */
  readonly record: RecordValues
  readonly created: readonly { readonly object: string; readonly id: string }[]
}

/**
 * Carries out what a step decided, in order, in the step's transaction. Fields set on the own record and its new state
 * are one write at the place of the first of them.
 */
export async function applyEffects(
  unit: UnitOfWork,
  options: {
    /** Without a record where nothing but other records is written. */
    instance: Pick<Instance, 'id' | 'process'> & { readonly record: string | null }
    object: ObjectModel
    record: RecordValues
    /** The new value of the state field, where it changes. */
    state: RecordValues
    effects: readonly Effect[]
    event: string
    /** What the history says of it; the process, the event and the instance if not said. */
    cause?: Readonly<Record<string, unknown>>
    /** Whether the record has been locked with the sender's right to change it. */
    isPermitted: boolean
    depth: number
    ports: ProcessPorts
    /** Sends an event to another record's process: a step of its own, by the same path. */
    send: EventSender
  },
): Promise<AppliedEffects> {
  const { instance, object, state, effects, event, ports } = options
  const { process } = instance
  const { cause = { ...unit.cause, process: process.name, event, instance: instance.id } } = options
  const caused = withCause(unit, cause)
  const acting = actingProcess(caused, process)
  const governing = { ...instance, record: String(options.record.id) }
  const created: { object: string; id: string }[] = []
  const invoked: Extract<Effect, { kind: 'invoke' }>[] = []
  const results: ImmediateResult[] = []
  const isSetting = effects.some((effect) => effect.kind === 'set')
  const own: Record<string, unknown> = { ...state }
  for (const effect of effects) if (effect.kind === 'set') Object.assign(own, effect.values)
  let record = options.record
  let isOwnWritten = Object.keys(own).length === 0
  const writeOwn = async () => {
    isOwnWritten = true
    // The state alone is the engine's own business; fields that a person's event sets need the acting rights.
    const writer = isSetting ? acting : asConsequence(caused)
    // A record that is as it was when it was locked needs no second look, unless it is for other rights to allow it.
    const isAllowed =
      !isSetting || mayChangeEvery(acting, object) || (options.isPermitted && acting.rights === unit.rights)
    const isKnown = created.length === 0 && isAllowed
    record = await updateRecord(
      writer,
      { object: object.name, id: String(record.id), values: own },
      { by: 'process', ...(isKnown ? { prior: record } : {}) },
    )
  }
  // New records that the own record refers to must be there before it is written.
  const order = [...effects].sort((a, b) => rank(a) - rank(b))
  for (const effect of order) {
    if (rank(effect) > 0 && !isOwnWritten) await writeOwn()
    switch (effect.kind) {
      case 'set':
        break
      case 'create':
        await createRecord(
          acting,
          { object: effect.object, values: effect.values },
          { by: 'process', id: effect.id },
        )
        created.push({ object: effect.object, id: effect.id })
        break
      case 'update':
        await updateRecord(
          acting,
          { object: effect.object, id: effect.id, values: effect.values },
          { by: 'process' },
        )
        break
      case 'note':
        writeNote(caused, { object: object.name, record, text: effect.text })
        break
      case 'notify':
        await insertNotification(unit, {
          user: effect.to,
          text: effect.text,
          object: instance.record === null ? null : object.name,
          record: instance.record,
        })
        break
      case 'send':
        await options.send(
          acting,
          { object: effect.object, id: effect.id, event: effect.event, values: effect.values },
          { depth: options.depth + 1, ports, by: 'process' },
        )
        break
      case 'call': {
        const set = await ports.callAction?.(acting, {
          action: effect.action,
          values: effect.values,
          object: object.name,
          record,
        })
        if (set !== undefined && Object.keys(set).length > 0)
          record = await updateRecord(
            acting,
            { object: object.name, id: String(record.id), values: set },
            { by: 'plugin' },
          )
        break
      }
      case 'request':
        await sendOut(caused, {
          message: { kind: 'request', ...effect.request },
          object: object.name,
          record: instance.record,
          isOrdered: effect.isOrdered,
        })
        break
      case 'email':
        await sendMail(caused, { mail: effect.mail, object: object.name, record: instance.record })
        break
      case 'open_work':
        await openWork(unit, { effect, instance: governing, object, record })
        break
      case 'open_approval': {
        const result = await beginApproval(unit, { effect, instance: governing, object: object.name })
        if (result !== undefined) results.push(result)
        break
      }
      case 'close_work':
        closeWork(unit, { instance: instance.id, invocation: effect.invocation })
        break
      case 'invoke':
        invoked.push(effect)
        break
      case 'close_invocation': {
        // A state that was left again in the same step has started nothing.
        const at = invoked.findIndex(({ invocation }) => invocation === effect.invocation)
        if (at >= 0) invoked.splice(at, 1)
        else await closeInvocations(unit, { instance: instance.id, invocation: effect.invocation })
        break
      }
      case 'arm_timer':
        // Where the step set what the moment depends on, its timer has been set already.
        if (process.delays.has(delayOf(effect.eventId) ?? ''))
          cancelTimers(unit, { instance: instance.id, eventId: effect.eventId })
        armTimer(unit, { instance: instance.id, eventId: effect.eventId, end: effect.end })
        break
      case 'cancel_timer':
        cancelTimers(unit, { instance: instance.id, eventId: effect.eventId })
        break
    }
  }
  if (!isOwnWritten) await writeOwn()
  return { record, created, invoked, results }
}

function mayChangeEvery({ rights }: UnitOfWork, object: ObjectModel): boolean {
  const { read, update } = rights.object(object.name)
  return [read, update].every((granted) =>
    granted.some(({ level, where }) => level === 'all' && where === undefined),
  )
}

/** Creations come first, in their order; then the own record; then the rest, in its order. */
function rank(effect: Effect): number {
  return effect.kind === 'create' ? 0 : 1
}

function writeNote(unit: UnitOfWork, options: { object: string; record: RecordValues; text: string }): void {
  const written = unit.sql.unsafe(
    `insert into _change (object, record, version, at, by, action, changes, cause)
     values ($1::text, $2::uuid, $3::int, $4::timestamptz, $5::uuid, 'note', '{}', $6::jsonb)`,
    [
      options.object,
      String(options.record.id),
      Number(options.record.version),
      unit.moment.now.toISOString(),
      unit.principal.userId ?? null,
      { ...unit.cause, note: options.text } as never,
    ],
    { prepare: true },
  )
  unit.later(written)
}
