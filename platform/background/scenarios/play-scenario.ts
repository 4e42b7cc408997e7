import { TesseraError } from '../../access/errors.ts'
import type { Principal } from '../../access/principal.ts'
import { delayEnd } from '../../calendars/delay.ts'
import { suggest } from '../../definitions/nearest.ts'
import {
  claimWorkItem,
  completeWorkItem,
  describeProcess,
  listWorkItems,
  returnWorkItem,
  sendEvent,
  takeBackVote,
  withdrawApproval,
} from '../../processes/index.ts'
import {
  aggregateRecords,
  createRecord,
  deleteRecord,
  updateRecord,
  writingWork,
  type RecordValues,
  type UnitOfWork,
} from '../../records/index.ts'
import { Deviation, makePeople, type Stage } from '../stage/index.ts'
import { answerRequest } from './answer.ts'
import type { Refusal, ScenarioDocument, ScenarioStep } from './document.ts'
import { expectRecord, viewOf, type NamedRecord } from './expectation.ts'

/** Where a scenario left its way: the number of the step (undefined: before the first), and what was found. */
export interface Departure {
  readonly step: number | undefined
  readonly message: string
}

/**
 * Plays a scenario on an empty stage, step by step, through the same paths as everybody's work.
 * @returns where it went another way than it says; undefined where all went as it says
 */
export async function playScenario(
  stage: Stage,
  { people, steps }: ScenarioDocument,
): Promise<Departure | undefined> {
  let at: number | undefined
  try {
    const play = new Play(stage, await makePeople(stage, people))
    for (const [index, step] of steps.entries()) {
      at = index
      await play.step(step)
      await stage.settle()
    }
    return undefined
  } catch (error) {
    if (error instanceof Deviation) return { step: at, message: `${error.message}.` }
    if (error instanceof TesseraError) return { step: at, message: refusalText(error) }
    throw error
  }
}

type Deed = Exclude<ScenarioStep, { readonly do: 'answer' | 'wait' | 'expect' | 'expect_count' }>

class Play {
  readonly #stage: Stage
  readonly #people: ReadonlyMap<string, Principal>
  readonly #records = new Map<string, NamedRecord>()

  constructor(stage: Stage, people: ReadonlyMap<string, Principal>) {
    this.#stage = stage
    this.#people = people
  }

  async step(step: ScenarioStep): Promise<void> {
    const stage = this.#stage
    switch (step.do) {
      case 'answer':
        return answerRequest(stage, { target: this.#record(step.record), answer: step })
      case 'wait': {
        const end = delayEnd(step.duration, stage.now.getTime(), stage.model.calendars)
        return stage.moveTo(new Date(end))
      }
      case 'expect':
        return expectRecord(stage, {
          expectation: step,
          target: this.#record(step.record),
          by: this.#viewer(step.by),
          values: this.#values(step.values),
        })
      case 'expect_count': {
        const unit = viewOf(stage, this.#viewer(step.by))
        const { object, where: filter } = step
        const [group] = await aggregateRecords(unit, {
          object,
          ...(filter === undefined ? {} : { filter }),
          measures: { count: { function: 'count' } },
        })
        const count = Number(group?.values.count ?? 0)
        if (count !== step.count)
          throw new Deviation(`there are ${count} ${object} records, not ${step.count}`)
        return
      }
      default:
        return this.#deed(step)
    }
  }

  async #deed(step: Deed): Promise<void> {
    const work = this.#stage.work(this.#person(step.by))
    const done = writingWork(work, (unit) => this.#carryOut(unit, step))
    if (step.refused === undefined) return done
    const refused = await done.then(
      () => undefined,
      (error: unknown) => error,
    )
    checkRefusal(refused, step.refused)
  }

  async #carryOut(unit: UnitOfWork, step: Deed): Promise<void> {
    switch (step.do) {
      case 'create': {
        const { object, as } = step
        const record = await createRecord(unit, { object, values: this.#values(step.values) })
        if (as !== undefined) this.#records.set(as, { object, id: String(record.id) })
        return
      }
      case 'update':
        await updateRecord(unit, { ...this.#record(step.record), values: this.#values(step.values) })
        return
      case 'delete':
        return deleteRecord(unit, this.#record(step.record))
      case 'event': {
        const request = {
          ...this.#record(step.record),
          event: step.event,
          values: this.#values(step.values),
        }
        const { created } = await sendEvent(unit, request, { ports: this.#stage.processPorts })
        for (const [name, object] of Object.entries(step.created ?? {})) {
          const found = created.find((record) => record.object === object)
          if (found === undefined) throw new Deviation(`the event created no ${object}`)
          this.#records.set(name, found)
        }
        return
      }
      case 'claim':
        await claimWorkItem(unit, await this.#openWork(unit, step.record))
        return
      case 'complete': {
        const { outcome, comment } = step
        await completeWorkItem(
          unit,
          {
            id: await this.#openWork(unit, step.record),
            values: this.#values(step.values),
            ...(outcome === undefined ? {} : { outcome }),
            ...(comment === undefined ? {} : { comment }),
          },
          this.#stage.processPorts,
        )
        return
      }
      case 'return': {
        const { to, comment } = step
        const id = await this.#openWork(unit, step.record)
        await returnWorkItem(unit, { id, to, comment }, this.#stage.processPorts)
        return
      }
      case 'withdraw':
        return withdrawApproval(unit, await this.#approval(unit, step.record), this.#stage.processPorts)
      case 'take_back':
        return takeBackVote(unit, await this.#approval(unit, step.record))
    }
  }

  async #openWork(unit: UnitOfWork, record: string): Promise<string> {
    const items = await listWorkItems(unit, { record: this.#record(record).id })
    // Of several the own one; somebody who has none is refused what he tries with another's.
    const item = items.find(({ can }) => can.some((act) => doing.has(act))) ?? items[0]
    if (item === undefined) throw new Deviation(`no work item is open for ${record}`)
    return item.id
  }

  async #approval(unit: UnitOfWork, record: string): Promise<{ id: string }> {
    const { approvals } = await describeProcess(unit, this.#record(record))
    const running = approvals.find(({ status }) => status === 'running')
    if (running === undefined) throw new Deviation(`no approval in levels is under way for ${record}`)
    return { id: running.id }
  }

  #person(name: string): Principal {
    const person = this.#people.get(name)
    if (person === undefined)
      throw new Deviation(
        `there is no "${name}" among the people; ${suggest(name, this.#people.keys(), 'they are')}`,
      )
    return person
  }

  #viewer(name: string | undefined): Principal | undefined {
    return name === undefined ? undefined : this.#person(name)
  }

  #record(name: string): NamedRecord {
    const record = this.#records.get(name)
    if (record === undefined)
      throw new Deviation(
        `no step before has named a record "${name}"; ${suggest(name, this.#records.keys(), 'known are')}`,
      )
    return record
  }

  #values(values: RecordValues = {}): RecordValues {
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, this.#value(value)]))
  }

  #value(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((each) => this.#value(each))
    if (typeof value === 'object' && value !== null) return this.#values(value as RecordValues)
    if (typeof value !== 'string' || !value.startsWith('$')) return value
    if (value.startsWith('$$')) return value.slice(1)
    const name = value.slice(1)
    return this.#people.get(name)?.userId ?? this.#record(name).id
  }
}

const doing: ReadonlySet<string> = new Set(['claim', 'complete', 'approve'])

function checkRefusal(error: unknown, expected: Refusal): void {
  if (error === undefined) throw new Deviation('nothing was refused')
  if (!(error instanceof TesseraError)) throw error
  const fields = error.faults.map((fault) => fault.field)
  const isField = expected.field === undefined || fields.includes(expected.field)
  if (error.code === expected.code && isField) return
  const of = fields.length === 0 ? '' : ` of ${fields.join(', ')}`
  throw new Deviation(`the refusal is "${error.code}"${of}: ${error.message}`)
}

function refusalText(error: TesseraError): string {
  const faults = error.faults.map((fault) => `${fault.field ?? ''} ${fault.message}`.trim())
  return `It was refused (${error.code}): ${[error.message, ...faults].join('; ')}`
}
