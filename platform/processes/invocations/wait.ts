import { TesseraError } from '../../access/errors.ts'
import type { Model, ObjectModel, WaitModel } from '../../definitions/model/model.ts'
import type { UnitOfWork, WaitsPort } from '../../records/unit-of-work.ts'
import type { RecordValues } from '../../records/values.ts'
import { loadStored, recordPaths } from '../../records/write/evaluation.ts'
import { OpenedRecords } from '../steps/opened-records.ts'
import { pinnedProcess } from '../steps/pinned-process.ts'
import { endInvocationElsewhere } from './invocation-row.ts'

/** Fills the port through which the write path tells of records that processes wait for. */
export const waitsPort: WaitsPort = {
  isWatched: async (unit, object) => (await watchedObjects(unit)).has(object),
  async written(unit, { object, ids }) {
    for (const { id, record, wait } of await waitsFor(unit, ids)) {
      const stored = await loadStored(unit, { object: object.name, id: record })
      if (stored !== null && (await isMet(unit, { wait, object, stored })))
        await endInvocationElsewhere(unit, id, { output: {} })
    }
  },
  async deleted(unit, { id }) {
    for (const wait of await waitsFor(unit, [id]))
      await endInvocationElsewhere(unit, wait.id, {
        error: { code: 'no_record', message: 'The record that was waited for was deleted.' },
      })
  },
}

/** Whether what is waited for holds of a record. Rules see every record; no right is asked. */
export function isMet(
  unit: UnitOfWork,
  { wait, object, stored }: { wait: WaitModel; object: ObjectModel; stored: RecordValues },
): Promise<boolean> {
  const opened = new OpenedRecords(unit)
  const record = opened.record(object, stored, recordPaths([wait.until]))
  return opened.evaluate(() => wait.until.evaluate({ record }, unit.moment) === true)
}

const watched = new WeakMap<Model, Promise<ReadonlySet<string>>>()

/** The objects that any version of a process waits for which instances may still live on. */
function watchedObjects(unit: UnitOfWork): Promise<ReadonlySet<string>> {
  let objects = watched.get(unit.model)
  if (objects === undefined) {
    objects = readWatched(unit)
    watched.set(unit.model, objects)
    objects.catch(() => watched.delete(unit.model))
  }
  return objects
}

async function readWatched(unit: UnitOfWork): Promise<ReadonlySet<string>> {
  const versions = (await unit.sql.unsafe(
    `select name, hash from _process_definition where document like '%"wait_for"%'`,
  )) as unknown as { name: string; hash: string }[]
  const objects = new Set<string>()
  for (const version of versions) {
    const process = await pinnedProcess(unit, version).catch(unfitting)
    for (const { object } of process?.waits.values() ?? []) objects.add(object)
  }
  return objects
}

/** A version that no longer fits its objects takes no step, so that nothing it waits for can come to pass. */
function unfitting(error: unknown): undefined {
  if (!(error instanceof TesseraError) || error.code !== 'unavailable') throw error
}

async function waitsFor(
  unit: UnitOfWork,
  ids: readonly string[],
): Promise<readonly { id: string; record: string; wait: WaitModel }[]> {
  const rows = (await unit.sql.unsafe(
    `select v.id, v.record, v.invocation, i.process, i.definition from _invocation v join _instance i on i.id = v.instance
     where v.record = any($1::uuid[]) and v.status = 'open' and v.actor = 'wait_for' order by v.id`,
    [ids as string[]],
    { prepare: true },
  )) as unknown as { id: string; record: string; invocation: string; process: string; definition: string }[]
  return Promise.all(
    rows.map(async ({ id, record, invocation, process: name, definition: hash }) => {
      const process = await pinnedProcess(unit, { name, hash })
      return { id, record, wait: process.waits.get(invocation) as WaitModel }
    }),
  )
}
