import { inTransaction } from '../../database/index.ts'
import { sentEvents } from '../../definitions/link/sent-events.ts'
import type { Model, ObjectModel } from '../../definitions/model/model.ts'
import { TesseraError } from '../../access/errors.ts'
import { readingWork, type UnitOfWork, type WorkOptions } from '../../records/unit-of-work.ts'
import { pinnedProcess } from '../steps/pinned-process.ts'
import { Archive, type HistoryReader } from './archive.ts'
import { lateWork } from './late.ts'
import type { Outcome } from './outcome.ts'
import { readCases, readRecordHistory, readRowIds, readSteps } from './read-history.ts'
import { readWork } from './read-work.ts'
import type { RecordedCase, RecordHistory } from './recorded.ts'
import type { Version } from './replay.ts'
import { replayCase } from './replay-case.ts'

export interface BacktestRequest {
  /** Work in the tenant under its published Model. */
  readonly work: WorkOptions
  /** The declarations that are not published yet. */
  readonly draft: Model
  readonly process: string
  /** Only cases that began then or later: a date or an ISO 8601 moment. */
  readonly since?: string
  /** The most cases, the latest first. */
  readonly limit: number
}

export interface BacktestReport {
  readonly process: string
  /** Content hashes. */
  readonly draft: string
  readonly published: string | null
  readonly counts: Readonly<Record<Outcome['way'], number>>
  readonly cases: readonly CaseReport[]
  /** There may be more cases than the limit let through. */
  readonly isCut: boolean
}

export type CaseReport = {
  readonly instance: string
  readonly object: string
  readonly record: string
  /** Content hash of the version that it runs on. */
  readonly version: string
  /** How many steps are recorded. */
  readonly steps: number
} & Outcome

/**
 * Replays the recorded cases of a process through its draft. Reads in one read-only transaction; nothing is written.
 * @throws TesseraError not_found where the draft does not declare the process
 */
export async function backtest(request: BacktestRequest): Promise<BacktestReport> {
  const { work, draft, limit, since } = request
  const process = draft.processes.get(request.process)
  if (process === undefined)
    throw new TesseraError(
      'not_found',
      `The declarations have no process "${request.process}"; they have: ${[...draft.processes.keys()].join(', ') || 'none'}.`,
    )
  const cases = await inTransaction(
    work.pool,
    async (sql) => {
      const unit: UnitOfWork = { ...readingWork(work), sql }
      const reports: CaseReport[] = []
      for (const found of await readCases(unit, { process: process.name, since, limit })) {
        const recorded = { ...found, steps: await readSteps(unit, found.instance) }
        const { instance, object, record, definition: version, steps } = recorded
        const outcome = await outcomeOf(unit, { recorded, draft: { process, model: draft } })
        reports.push({ instance, object, record, version, steps: steps.length, ...outcome })
      }
      return reports
    },
    { isReadOnly: true, isolation: 'repeatable read' },
  )
  const count = (way: Outcome['way']) => cases.filter((each) => each.way === way).length
  return {
    process: process.name,
    draft: process.hash,
    published: work.model.processes.get(process.name)?.hash ?? null,
    counts: {
      same: count('same'),
      other: count('other'),
      refused: count('refused'),
      late: count('late'),
      unknown: count('unknown'),
    },
    cases,
    isCut: cases.length === limit,
  }
}

async function outcomeOf(
  unit: UnitOfWork,
  { recorded, draft }: { recorded: RecordedCase; draft: Version },
): Promise<Outcome> {
  const { model: published } = unit
  const reader: HistoryReader = {
    record: (object, id) =>
      readRecordHistory(unit, { object: published.objects.get(object) as ObjectModel, id }),
    rows: (object, through, id) => readRowIds(unit, { object, through, id }),
  }
  if (!published.objects.has(recorded.object))
    return {
      way: 'unknown',
      step: 0,
      event: 'begin',
      text: `there is no object "${recorded.object}" any more`,
    }
  const history = await reader.record(recorded.object, recorded.record)
  const ran = await versionThatRan(unit, { name: draft.process.name, hash: recorded.definition })
  const archive = new Archive()
  const shared = {
    recorded,
    history,
    archive,
    published,
    ran,
    until: endOf(history, unit.moment.now.getTime()),
    sentEvents: sentEvents([
      ...Object.values(published.documents.process),
      ...Object.values(draft.model.documents.process),
    ]),
  }
  const replayed = (version: Version, isControl: boolean) =>
    archive.complete(
      () => replayCase({ ...shared, version, isControl, unit: { ...unit, model: version.model } }),
      reader,
    )
  const drafted = await replayed(draft, false)
  const control = ran === undefined ? undefined : await replayed(ran, true)
  // The version that ran is the touchstone: where even it does not go the recorded way, the past is not what it seems.
  if (control?.outcome.way === 'other' || control?.outcome.way === 'refused')
    return {
      way: 'unknown',
      step: control.outcome.step,
      event: control.outcome.event,
      text: 'with the values that the history gives, even the version that ran does not go the recorded way',
    }
  if (drafted.outcome.way !== 'same' || drafted.work.length === 0) return drafted.outcome
  const isKnown = control?.outcome.way === 'same'
  const late = lateWork({
    draft: { work: drafted.work, model: draft.model },
    ran: isKnown ? { work: control.work, model: published } : undefined,
    recorded: await readWork(unit, recorded.instance),
    until: shared.until,
  })
  const [first] = late
  if (first === undefined) return drafted.outcome
  if (isKnown) return { way: 'late', late }
  const { step, event, work } = first
  const text = `in the draft "${work}" is late, and whether it was in the version that ran cannot be told`
  return { way: 'unknown', step, event, text }
}

/** Timers of a deleted record no longer count. */
function endOf({ changes }: RecordHistory, now: number): number {
  const last = changes.findLast(({ action }) => action !== 'note')
  return last?.action === 'delete' ? Math.min(now, Date.parse(last.at)) : now
}

/** Undefined where that version no longer fits the objects. */
async function versionThatRan(
  unit: UnitOfWork,
  version: { name: string; hash: string },
): Promise<Version | undefined> {
  try {
    return { process: await pinnedProcess(unit, version), model: unit.model }
  } catch (error) {
    if (error instanceof TesseraError && error.code === 'unavailable') return undefined
    throw error
  }
}
