import { v7 as uuidv7 } from 'uuid'
import { userVariable } from '../../access/principal.ts'
import { TesseraError } from '../../access/errors.ts'
import type { FieldModel, ProcessModel } from '../../definitions/model/model.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import { isBlank, referenceId } from '../../records/values.ts'
import { askedApproval } from '../approvals/asked.ts'
import type { Decider, RawAction, StepVariables } from '../machine/decider.ts'
import { recipientsOf, requestOf, type RequestParams } from '../outgoing/message.ts'
import { endOfDelay } from '../timers/moments.ts'
import type { OverdueStep } from '../work-items/overdue/steps.ts'
import type { Effect } from './effects.ts'
import type { OpenedRecords } from './opened-records.ts'
import { eventVariables, ownValues } from './variables.ts'

type Values = Readonly<Record<string, unknown>>

/**
 * Answers a machine's expressions and turns its actions into effects while it decides. Fields that an action sets are
 * seen by the expressions after it, and a record that an action creates is known by its id from then on.
 */
export class StepDecider implements Decider {
  readonly effects: Effect[] = []
  readonly #unit: UnitOfWork
  readonly #opened: OpenedRecords
  readonly #process: ProcessModel
  readonly #record: Record<string, unknown>
  readonly #created: Record<string, unknown> = {}
  readonly #before: Values | undefined

  constructor(options: {
    unit: UnitOfWork
    process: ProcessModel
    record: Values
    opened: OpenedRecords
    /** The record before the change that is answered. */
    before?: Values
  }) {
    this.#unit = options.unit
    this.#opened = options.opened
    this.#process = options.process
    this.#before = options.before
    this.#record = Object.defineProperties({}, Object.getOwnPropertyDescriptors(options.record)) as Record<
      string,
      unknown
    >
  }

  evaluate(expression: number, variables: StepVariables, row?: Values): unknown {
    const compiled = this.#process.expressions[expression]
    if (compiled === undefined)
      throw new Error(`Process ${this.#process.name} has no expression ${expression}.`)
    const value = compiled.evaluate(
      {
        record: this.#record,
        user: userVariable(this.#unit.principal),
        event: variables.event,
        context: variables.context,
        created: this.#created,
        ...(row === undefined ? {} : { row }),
        ...(this.#before === undefined ? {} : { before: this.#before }),
      },
      this.#unit.moment,
    )
    // Of a record only the id leaves the decision: what lies behind it may not have been read.
    return compiled.type.kind === 'record' ? referenceId(value) : value
  }

  act(action: RawAction, variables: StepVariables): void {
    const params = action.params ?? {}
    if (typeof params.when === 'number' && this.evaluate(params.when, variables) !== true) return
    const effect = this.#effectOf(action.type, params, variables)
    if (effect === undefined) return
    const opening = effect.kind === 'close_work' ? this.#openingOf(effect.invocation) : -1
    if (opening >= 0) this.effects.splice(opening, 1)
    else this.effects.push(effect)
  }

  /** A state that was left again in the same step has asked nobody for anything. */
  #openingOf(invocation: string): number {
    return this.effects.findLastIndex(
      (effect) =>
        (effect.kind === 'open_work' || effect.kind === 'open_approval') && effect.invocation === invocation,
    )
  }

  payload(name: string, given: Values): Values {
    const form = this.#process.events.get(name)?.form ?? new Map<string, FieldModel>()
    const blanks = Object.fromEntries([...form.keys()].map((field) => [field, null]))
    return eventVariables(this.#opened, {
      process: this.#process,
      form,
      values: { ...blanks, ...given },
    })
  }

  /** Values of the own record that the expressions after this see. */
  #see(values: Values): void {
    const object = this.#unit.model.objects.get(this.#process.object)
    if (object !== undefined)
      Object.assign(this.#record, ownValues(this.#opened, { object, process: this.#process, values }))
  }

  delay(delay: string, { context }: StepVariables): number {
    const seen = { record: this.#record, context }
    const end = endOfDelay(this.#unit, { process: this.#process, delay, seen })
    return end === undefined ? Infinity : end - this.#unit.moment.now.getTime()
  }

  #effectOf(type: string, params: Values, variables: StepVariables): Effect | undefined {
    const value = (expression: unknown) => this.evaluate(expression as number, variables)
    switch (type) {
      case 'set': {
        const values = this.#values(params.values, variables)
        this.#see(values)
        return { kind: 'set', values }
      }
      case 'create':
        return this.#create(params, variables)
      case 'update':
        return {
          kind: 'update',
          ...this.#target(params, variables),
          values: this.#values(params.values, variables),
        }
      case 'note':
        return { kind: 'note', text: String(value(params.text) ?? '') }
      case 'notify': {
        const to = referenceId(value(params.to))
        return to === null ? undefined : { kind: 'notify', to, text: String(value(params.text) ?? '') }
      }
      case 'send':
        return {
          kind: 'send',
          ...this.#target(params, variables),
          event: String(params.event),
          values: this.#values(params.values, variables),
        }
      case 'call':
        return { kind: 'call', action: String(params.action), values: this.#values(params.values, variables) }
      case 'request':
        return {
          kind: 'request',
          request: requestOf(params as unknown as RequestParams, value),
          isOrdered: params.ordered === true,
        }
      case 'email':
        return {
          kind: 'email',
          mail: {
            to: recipientsOf(value(params.to)),
            cc: params.cc === undefined ? [] : recipientsOf(value(params.cc)),
            subject: String(value(params.subject) ?? ''),
            text: String(value(params.text) ?? ''),
            ...(params.purpose === 'marketing' ? { purpose: 'marketing' as const } : {}),
          },
        }
      case 'xstate.spawnChild':
        return this.#invoke(params as unknown as Invocation, variables)
      case 'xstate.stop':
      case 'xstate.stopChild': {
        const id = (params as { id?: string } | undefined)?.id
        if (id === undefined) return undefined
        return {
          kind: isWork(this.#process.actors.get(id)) ? 'close_work' : 'close_invocation',
          invocation: id,
        }
      }
      case 'xstate.raise':
        // A moment that is blank never comes.
        return Number.isFinite(params.delay)
          ? {
              kind: 'arm_timer',
              eventId: (params.event as { type: string }).type,
              end: this.#unit.moment.now.getTime() + (params.delay as number),
            }
          : undefined
      case 'xstate.cancel':
        return { kind: 'cancel_timer', eventId: String(params.sendId) }
      case 'xstate.assign':
      case 'assign':
      case 'xstate.enqueueActions':
      case 'raise':
        return undefined
      default:
        throw new Error(
          `Process ${this.#process.name} uses the action "${type}", which this runtime does not know.`,
        )
    }
  }

  #values(declared: unknown, variables: StepVariables, row?: Values): Record<string, unknown> {
    const entries = Object.entries((declared ?? {}) as Record<string, number>)
    return Object.fromEntries(
      entries.map(([name, expression]) => [name, this.evaluate(expression, variables, row)]),
    )
  }

  #create(params: Values, variables: StepVariables): Effect {
    const id = uuidv7()
    const values = this.#values(params.values, variables)
    const lines = params.lines as { field: string; from: number; values: unknown } | undefined
    if (lines !== undefined) {
      const rows = this.evaluate(lines.from, variables)
      values[lines.field] = (Array.isArray(rows) ? (rows as Values[]) : []).map((row) =>
        this.#values(lines.values, variables, row),
      )
    }
    if (params.as !== undefined) this.#created[String(params.as)] = id
    return { kind: 'create', object: String(params.object), id, values }
  }

  /** The record that an expression refers to; its object is the type of the expression. Null where it is blank. */
  #reference(number: number, variables: StepVariables): { object: string; id: string } | null {
    const type = this.#process.expressions[number]?.type
    const id = referenceId(this.evaluate(number, variables))
    return id === null || type?.kind !== 'record' ? null : { object: type.object, id }
  }

  #target(params: Values, variables: StepVariables): { object: string; id: string } {
    const number = params.target as number
    const target = this.#reference(number, variables)
    if (target === null)
      throw new TesseraError(
        'event_refused',
        `The process wants to change "${this.#process.expressions[number]?.text ?? ''}", but this record refers to none.`,
      )
    return target
  }

  #invoke(invocation: Invocation, variables: StepVariables): Effect {
    const { id, src, input = {} } = invocation
    if (isWork(src)) return this.#openWork(invocation, variables)
    const { process, target, context, action, values } = input
    const value = (expression: number) => this.evaluate(expression, variables)
    return {
      kind: 'invoke',
      actor: src,
      invocation: id,
      input: {
        ...(process === undefined ? {} : { process: String(process) }),
        ...(target === undefined ? {} : { target: this.#reference(target as number, variables) }),
        ...(context === undefined ? {} : { context: this.#values(context, variables) }),
        ...(src === 'request' ? { request: requestOf(input as unknown as RequestParams, value) } : {}),
        ...(action === undefined ? {} : { action: String(action) }),
        ...(values === undefined ? {} : { values: this.#values(values, variables) }),
      },
    }
  }

  #openWork(params: Invocation, variables: StepVariables): Effect {
    const input = params.input ?? {}
    const approval = this.#process.approvals.get(params.id)
    if (approval !== undefined)
      return {
        kind: 'open_approval',
        invocation: params.id,
        title: input.title,
        dueInMs: input.due === undefined ? null : this.delay(String(input.due), variables),
        asked: askedApproval(approval, (expression) => this.evaluate(expression, variables)),
      }
    const assignee = input.assignee === undefined ? null : this.evaluate(input.assignee as number, variables)
    return {
      kind: 'open_work',
      actor: params.src === 'approval' ? 'approval' : 'task',
      invocation: params.id,
      title: input.title,
      assignee: isBlank(assignee) ? null : referenceId(assignee),
      candidateRole: (input.candidate_role as string | undefined) ?? null,
      queue: (input.queue as string | undefined) ?? null,
      dueInMs: input.due === undefined ? null : this.delay(String(input.due), variables),
      priority: numberOf(
        input.priority === undefined ? null : this.evaluate(input.priority as number, variables),
      ),
      overdue: (input.overdue ?? []) as readonly OverdueStep[],
      mayRequesterApprove: input.requester === 'may_approve',
    }
  }
}

function numberOf(value: unknown): number | null {
  const number = isBlank(value) ? Number.NaN : Number(String(value))
  return Number.isFinite(number) ? number : null
}

interface Invocation {
  readonly id: string
  readonly src: string
  readonly input?: Values
}

/** What people do; everything else that a state invokes comes to its end by itself. */
function isWork(src: string | undefined): boolean {
  return src === 'task' || src === 'approval'
}
