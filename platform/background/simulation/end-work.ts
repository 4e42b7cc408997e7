import {
  claimWorkItem,
  completeWorkItem,
  returnWorkItem,
  withdrawApproval,
  type WorkItem,
} from '../../processes/index.ts'
import { writingWork, type RecordValues } from '../../records/index.ts'
import type { Random } from '../recipes/random.ts'
import type { Case } from './case.ts'
import { inventField, inventForm } from './invent/invent-record.ts'
import { writeInvented } from './invent/write-invented.ts'
import { inventorFor } from './inventing.ts'
import type { WorkOutcome } from './outcome.ts'
import { presentValues } from './recipe-values.ts'
import { linesOf, type World } from './world.ts'

interface Ending {
  /** As who ends it sees it. */
  readonly item: WorkItem
  readonly invocation: string
  readonly outcome: WorkOutcome
  readonly random: Random
}

/** Ends work with an outcome. @returns what was filled in @throws TesseraError */
export async function endWork(world: World, played: Case, options: Ending): Promise<RecordValues> {
  const { item, outcome } = options
  const { stage } = world
  const { processPorts: ports } = stage
  const work = stage.work(outcome.by)
  switch (outcome.kind) {
    case 'withdrawn':
      await writingWork(work, (unit) => withdrawApproval(unit, { id: outcome.approval }, ports))
      return {}
    case 'returned':
      await writingWork(work, (unit) =>
        returnWorkItem(unit, { id: item.id, to: outcome.to, comment: 'Returned in a simulation.' }, ports),
      )
      return outcome.to === undefined ? {} : { to: outcome.to }
    default:
      return complete(world, played, { ...options, outcome })
  }
}

async function complete(
  world: World,
  played: Case,
  options: Ending & { outcome: Extract<WorkOutcome, { kind: 'approved' | 'rejected' | 'done' }> },
): Promise<RecordValues> {
  const { item, invocation, outcome, random } = options
  const { script, stage } = world
  const place = { object: script.object.name, id: String(played.record) }
  const said = await presentValues(world, place, {
    recipes: script.document.invoked?.[invocation]?.values,
    random,
    index: played.number,
    path: ['invoked', invocation, 'values'],
  })
  const inventor = inventorFor(world, { person: outcome.by, random })
  return writeInvented({
    said,
    invented: await inventForm(inventor, { form: item.form, except: new Set(Object.keys(said)) }),
    fields: item.form,
    linesOf: (field) => linesOf(world, field),
    invent: (field) => inventField(inventor, field, 'event'),
    write: (values) =>
      writingWork(stage.work(outcome.by), async (unit) => {
        // What waits in a queue is taken first.
        const isQueued = item.can.includes('claim') && !item.can.some((act) => ends.has(act))
        if (isQueued) await claimWorkItem(unit, item.id)
        await completeWorkItem(unit, { id: item.id, values, outcome: outcome.kind }, stage.processPorts)
        return values
      }),
  })
}

const ends: ReadonlySet<string> = new Set(['complete', 'approve', 'reject'])
