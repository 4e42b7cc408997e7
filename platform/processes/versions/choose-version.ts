import type { Model, ObjectModel, ProcessModel } from '../../definitions/model/model.ts'
import { releaseBegins } from '../../definitions/model/process-versions.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import type { RecordValues } from '../../records/values.ts'
import { recordPaths } from '../../records/write/evaluation.ts'
import { OpenedRecords } from '../steps/opened-records.ts'
import { pinnedProcess } from '../steps/pinned-process.ts'

/**
 * The version of a process with which a record begins: the published one, or where that is not meant for the record
 * (`release`), the one that was in force for all before it. The first version of all is for everybody.
 */
export async function versionFor(
  unit: UnitOfWork,
  options: { process: ProcessModel; object: ObjectModel; record: RecordValues },
): Promise<ProcessModel> {
  const { process } = options
  if (process.release === undefined || (await isMeant(unit, options))) return process
  const hash = (await versionsForTheRest(unit)).get(process.name)
  return hash === undefined ? process : pinnedProcess(unit, { name: process.name, hash })
}

async function isMeant(
  unit: UnitOfWork,
  { process, object, record }: { process: ProcessModel; object: ObjectModel; record: RecordValues },
): Promise<boolean> {
  const { share, from, when } = process.release ?? {}
  const { timeZone } = unit.model.settings
  const begins = from === undefined ? null : releaseBegins(from, timeZone)
  if (begins !== null && unit.moment.now.getTime() < begins) return false
  if (share !== undefined && lot(String(record.id)) >= share) return false
  if (when === undefined) return true
  const opened = new OpenedRecords(unit)
  const seen = opened.record(object, record, recordPaths([when]))
  return opened.evaluate(() => when.evaluate({ record: seen }, unit.moment) === true)
}

/** Where a record lies between 0 and 1: the random end of its id (RFC 9562, UUID version 7), always the same. */
export function lot(id: string): number {
  return Number.parseInt(id.slice(-8), 16) / 2 ** 32
}

const restVersions = new WeakMap<Model, Promise<ReadonlyMap<string, string>>>()

/** For each process, the hash of the version with which those begin for whom the published one is not meant. */
function versionsForTheRest(unit: UnitOfWork): Promise<ReadonlyMap<string, string>> {
  let versions = restVersions.get(unit.model)
  if (versions === undefined) {
    versions = read(unit)
    restVersions.set(unit.model, versions)
    versions.catch(() => restVersions.delete(unit.model))
  }
  return versions
}

async function read({ sql }: UnitOfWork): Promise<ReadonlyMap<string, string>> {
  const rows = (await sql.unsafe(
    'select process, for_the_rest as hash from _process_release where for_the_rest <> definition',
  )) as unknown as { process: string; hash: string }[]
  return new Map(rows.map(({ process, hash }) => [process, hash]))
}
