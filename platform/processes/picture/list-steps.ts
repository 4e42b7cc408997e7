import { TesseraError } from '../../access/errors.ts'
import type { FieldModel, LocalText, ProcessModel } from '../../definitions/model/model.ts'
import { referencesAsSeen } from '../../records/read/visible-references.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import type { StepCause } from '../steps/cause.ts'
import type { WorkPerson } from '../work-items/work-item.ts'
import { titlesOf } from '../work-items/titles.ts'
import { drawnTransition } from './describe-picture.ts'
import { drawingOf, type DrawnTransition } from './drawing.ts'
import { visibleInstance, type RecordPlace } from './find-instance.ts'
import { walkHistory } from './history.ts'
import type { Passage, RecordedStep, RecordedTransition } from './way.ts'

export interface StepQuery extends RecordPlace {
  /** The number of the step before which the page begins. */
  readonly after?: number
  readonly limit?: number
  /** Only steps that entered or left the state. */
  readonly state?: string
  /** Only steps that took the transition, by its id in the drawing. */
  readonly transition?: string
}

/** A step of a record's process, with what is recorded of it; rights on single values are asked by who shows it. */
export interface StepEntry {
  readonly number: number
  readonly at: string
  readonly by: WorkPerson | null
  readonly event: string
  /** The invocation whose end made the step. */
  readonly invocation: string | undefined
  /** What was asked for, and what was filled in. */
  readonly form: ReadonlyMap<string, FieldModel>
  readonly payload: Readonly<Record<string, unknown>> | null
  readonly cause: StepOrigin | null
  readonly states: readonly string[]
  readonly passage: Passage
  readonly transitions: readonly (RecordedTransition & { readonly drawn: DrawnTransition | undefined })[]
}

/** What made a step, with what the person may know of it. */
export interface StepOrigin extends StepCause {
  /** The title of the work item. */
  readonly title?: LocalText
  /** The record of the process that made it. */
  readonly record?: { readonly object: string; readonly id: string; readonly title: string | null }
}

const largestPage = 200

/**
 * The steps of a record's process, newest first, for whoever may read the record.
 * @throws TesseraError as describePicture does
 */
export async function listSteps(
  unit: UnitOfWork,
  query: StepQuery,
): Promise<{ process: ProcessModel; steps: readonly StepEntry[]; next: string | null }> {
  const { after = Infinity, limit = 50, state, transition } = query
  if (limit > largestPage)
    throw new TesseraError('bad_request', `A page has at most ${largestPage} steps, not ${limit}.`)
  const { instance } = await visibleInstance(unit, query)
  const { process } = instance
  const drawing = drawingOf(process)
  const { steps, passages } = await walkHistory(unit, instance.id)
  const drawn = ({ transitions }: RecordedStep) =>
    transitions.map((each) => ({ ...each, drawn: drawnTransition(drawing, each) }))
  const isWanted = (step: RecordedStep) => {
    if (step.number >= after) return false
    const { entered = [], left = [] } = passages.get(step.number) ?? {}
    if (state !== undefined && !entered.includes(state) && !left.some((each) => each.state === state))
      return false
    return transition === undefined || drawn(step).some((each) => each.drawn?.id === transition)
  }
  const wanted = steps.filter(isWanted).toReversed()
  const page = wanted.slice(0, limit)
  const details = await readDetails(unit, { instance: instance.id, numbers: page.map((step) => step.number) })
  const [origins, payloads] = await Promise.all([
    readOrigins(unit, [...details.values()]),
    payloadsAsSeen(
      unit,
      page.map((step) => ({
        form: formOfStep(process, step),
        payload: details.get(step.number)?.payload ?? null,
      })),
    ),
  ])
  return {
    process,
    steps: page.map((step, at) => {
      const { by = null, cause = null } = details.get(step.number) ?? {}
      return {
        ...step,
        by,
        form: formOfStep(process, step),
        payload: payloads[at] ?? null,
        cause: cause === null ? null : { ...cause, ...origins.get(cause.id ?? '') },
        invocation: invocationOf(step),
        passage: passages.get(step.number) ?? { entered: [], left: [] },
        transitions: drawn(step),
      }
    }),
    next: wanted.length > limit ? String(page.at(-1)?.number) : null,
  }
}

/** What was filled in at a step: the form of its event, or of the work whose end made it. */
function formOfStep(
  process: ProcessModel,
  step: Pick<RecordedStep, 'event' | 'transitions'>,
): ReadonlyMap<string, FieldModel> {
  const invocation = invocationOf(step)
  const form = invocation === undefined ? process.events.get(step.event)?.form : process.forms.get(invocation)
  return form ?? new Map()
}

type Payload = StepEntry['payload']

/** References to records that may not be seen are blank, as in the records that they were written to. */
async function payloadsAsSeen(
  unit: UnitOfWork,
  filledIn: readonly { form: ReadonlyMap<string, FieldModel>; payload: Payload }[],
): Promise<readonly Payload[]> {
  const kept = ({ form, payload }: (typeof filledIn)[number]) =>
    [...form.values()]
      .filter(({ reference, name }) => reference !== undefined && payload?.[name] !== undefined)
      .map((field) => ({ field, value: payload?.[field.name] }))
  const shown = await referencesAsSeen(unit, filledIn.flatMap(kept))
  return filledIn.map((each) =>
    each.payload === null
      ? null
      : {
          ...each.payload,
          ...Object.fromEntries(kept(each).map((value) => [value.field.name, shown(value)])),
        },
  )
}

function invocationOf({ transitions: [first] }: Pick<RecordedStep, 'transitions'>): string | undefined {
  return /^xstate\.(?:done|error)\.actor\.(.+)$/.exec(first?.event ?? '')?.[1]
}

interface Detail {
  readonly number: number
  readonly by: WorkPerson | null
  readonly payload: Readonly<Record<string, unknown>> | null
  readonly cause: StepCause | null
}

async function readDetails(
  unit: UnitOfWork,
  { instance, numbers }: { instance: string; numbers: readonly number[] },
): Promise<ReadonlyMap<number, Detail>> {
  const rows = (await unit.sql.unsafe(
    `select s.number, s.payload, s.cause,
       case when s.by is null then null else jsonb_build_object('id', s.by, 'name', u.name) end as by
     from _step s left join "user" u on u.id = s.by where s.instance = $1::uuid and s.number = any($2::int[])`,
    [instance, numbers as number[]],
    { prepare: true },
  )) as unknown as Detail[]
  return new Map(rows.map((row) => [row.number, row]))
}

/** Titles of work items, and records behind other instances as far as the person may see them, by the cause's id. */
async function readOrigins(
  unit: UnitOfWork,
  details: readonly Detail[],
): Promise<ReadonlyMap<string, Pick<StepOrigin, 'title' | 'record'>>> {
  const ids = (kind: StepCause['kind']) =>
    details.flatMap(({ cause }) => (cause?.kind === kind && cause.id !== null ? [cause.id] : []))
  const [items, instances] = await Promise.all([
    select<{ id: string; title: LocalText }>(unit, 'id, title from _work_item', ids('work_item')),
    select<{ id: string; object: string; record: string }>(
      unit,
      'id, object, record from _instance',
      ids('process'),
    ),
  ])
  const titles = await titlesOf(unit, instances)
  return new Map<string, Pick<StepOrigin, 'title' | 'record'>>([
    ...items.map(({ id, title }) => [id, { title }] as const),
    ...instances
      .filter(({ record }) => titles.has(record))
      .map(
        ({ id, object, record }) =>
          [id, { record: { object, id: record, title: titles.get(record) ?? null } }] as const,
      ),
  ])
}

async function select<Row>(unit: UnitOfWork, what: string, ids: readonly string[]): Promise<readonly Row[]> {
  if (ids.length === 0) return []
  return (await unit.sql.unsafe(`select ${what} where id = any($1::uuid[])`, [ids as string[]], {
    prepare: true,
  })) as unknown as Row[]
}
