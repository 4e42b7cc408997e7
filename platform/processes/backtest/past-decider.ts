import { v7 as uuidv7 } from 'uuid'
import type { FieldModel, ProcessModel } from '../../definitions/model/model.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import { referenceId } from '../../records/values.ts'
import type { Decider, RawAction, StepVariables } from '../machine/decider.ts'
import { endOfDelay } from '../timers/moments.ts'
import { declaredWork, type WorkAct } from './asked-work.ts'
import { Unreconstructed } from './archive.ts'
import { define, type PastRecords } from './past-records.ts'

type Values = Readonly<Record<string, unknown>>

/** A value, or the reason why it cannot be told. */
export type Told<T = unknown> = { readonly value: T } | { readonly reason: string }

export interface ArmedTimer {
  readonly eventId: string
  /** Milliseconds; a reason where the moment cannot be told, nothing where it never comes. */
  readonly end: Told
}

/**
 * Answers a machine with the records as they were. Of its actions it keeps what has a say in the way of the case: the
 * fields that it sets, the timers, and the work that it asks for. Nothing is written, sent or created.
 */
export class PastDecider implements Decider {
  /** Fields that the step sets. */
  readonly sets = new Map<string, Told>()
  readonly armed: ArmedTimer[] = []
  readonly cancelled: string[] = []
  /** People's work that the step asks for and closes. */
  readonly work: WorkAct[] = []
  /** What the expressions gave, by their numbers. */
  readonly answers = new Map<number, unknown>()
  /** Ids of records that the step would create. */
  readonly created: Record<string, string> = {}
  /** Why the way cannot be told; the decision does not count then. */
  fault: string | undefined
  readonly #unit: UnitOfWork
  readonly #process: ProcessModel
  readonly #past: PastRecords
  readonly #user: object
  readonly #record: object
  readonly #ends = new Map<string, Told>()

  constructor(options: {
    unit: UnitOfWork
    process: ProcessModel
    past: PastRecords
    user: object
    record: object
  }) {
    this.#unit = options.unit
    this.#process = options.process
    this.#past = options.past
    this.#user = options.user
    this.#record = Object.defineProperties({}, Object.getOwnPropertyDescriptors(options.record))
  }

  evaluate(expression: number, variables: StepVariables): unknown {
    try {
      const value = this.#valueOf(expression, variables)
      this.answers.set(expression, value)
      return value
    } catch (error) {
      if (error instanceof Unreconstructed) this.fault ??= error.message
      throw error
    }
  }

  payload(event: string, values: Values): Values {
    const form = this.#process.events.get(event)?.form ?? new Map<string, FieldModel>()
    return this.opened(form, {
      ...Object.fromEntries([...form.keys()].map((name) => [name, null])),
      ...values,
    })
  }

  /** What was filled in, with references that can be followed. */
  opened(form: ReadonlyMap<string, FieldModel>, values: Values): Values {
    return Object.fromEntries(
      Object.entries(values).map(([name, value]) => {
        const field = form.get(name)
        return [name, field === undefined ? value : this.#past.reference(field, value, this.#user)]
      }),
    )
  }

  act(action: RawAction, variables: StepVariables): void {
    const params = action.params ?? {}
    switch (action.type) {
      case 'set':
        this.#set(params, variables)
        break
      case 'create':
        if (params.as !== undefined) this.created[String(params.as)] = uuidv7()
        break
      case 'xstate.raise': {
        const eventId = (params.event as { type: string }).type
        if (params.delay !== undefined) this.armed.push({ eventId, end: this.#endOf(eventId, params.delay) })
        break
      }
      case 'xstate.cancel':
        this.cancelled.push(String(params.sendId))
        break
      case 'xstate.spawnChild':
        this.#ask(params as unknown as Parameters<typeof declaredWork>[1], variables)
        break
      case 'xstate.stop':
      case 'xstate.stopChild':
        this.work.push({ kind: 'close', invocation: String(params.id) })
    }
  }

  delay(delay: string, { context }: StepVariables): number {
    const seen = { record: this.#record as Values, context }
    const now = this.#unit.moment.now.getTime()
    const end = told(() => endOfDelay(this.#unit, { process: this.#process, delay, seen }))
    this.#ends.set(delay, end)
    return 'reason' in end || end.value === undefined ? Infinity : (end.value as number) - now
  }

  #endOf(eventId: string, delay: unknown): Told {
    const name = [...this.#ends.keys()].find((each) => eventId.startsWith(`xstate.after.${each}.`))
    const end = name === undefined ? undefined : this.#ends.get(name)
    return end ?? { value: this.#unit.moment.now.getTime() + Number(delay) }
  }

  #ask(invocation: Parameters<typeof declaredWork>[1], variables: StepVariables): void {
    // A level of which it cannot be told whether it is asked is none that could be late.
    const holds = (condition: number) => {
      const asked = told(() => this.#valueOf(condition, variables))
      return 'value' in asked && asked.value === true
    }
    const work = declaredWork(this.#process, invocation, holds)
    if (work !== undefined) this.work.push({ kind: 'ask', work })
  }

  #set({ values, when }: Values, variables: StepVariables): void {
    const condition: Told =
      when === undefined ? { value: true } : told(() => this.#valueOf(when as number, variables))
    if ('value' in condition && condition.value !== true) return
    for (const [name, expression] of Object.entries((values ?? {}) as Record<string, number>)) {
      const value = 'reason' in condition ? condition : told(() => this.#valueOf(expression, variables))
      this.sets.set(name, value)
      define(this.#record, name, () => {
        if ('reason' in value) throw new Unreconstructed(value.reason)
        const field = this.#unit.model.objects.get(this.#process.object)?.fields.get(name)
        return field === undefined ? value.value : this.#past.reference(field, value.value, this.#user)
      })
    }
  }

  #valueOf(expression: number, { event, context }: StepVariables): unknown {
    const compiled = this.#process.expressions[expression]
    if (compiled === undefined)
      throw new Error(`Process ${this.#process.name} has no expression ${expression}.`)
    const variables = { record: this.#record, user: this.#user, event, context, created: this.created }
    const value = compiled.evaluate(variables, this.#unit.moment)
    return compiled.type.kind === 'record' ? referenceId(value) : value
  }
}

/** The value, or why there is none to be told. What has not been read yet goes on being thrown. */
export function told<T>(value: () => T): Told<T> {
  try {
    return { value: value() }
  } catch (error) {
    if (error instanceof Unreconstructed) return { reason: error.message }
    throw error
  }
}
