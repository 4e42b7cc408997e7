import { describeProblem, linkProcess, type NamesSince } from '../../definitions/index.ts'
import { TesseraError } from '../../access/errors.ts'
import type { Model, ProcessModel } from '../../definitions/model/model.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'

const linked = new WeakMap<Model, Map<string, ProcessModel>>()

/**
 * The version of a process that an instance began with, found by content hash and linked against today's objects,
 * under the names that these bear today.
 * @throws TesseraError unavailable where that version no longer fits them
 */
export async function pinnedProcess(
  unit: UnitOfWork,
  version: { name: string; hash: string },
): Promise<ProcessModel> {
  const { model } = unit
  const current = model.processes.get(version.name)
  if (current?.hash === version.hash) return current
  const known = linked.get(model) ?? new Map<string, ProcessModel>()
  linked.set(model, known)
  const found = known.get(version.hash)
  if (found !== undefined) return found
  const process = await load(unit, version)
  known.set(version.hash, process)
  return process
}

async function load(unit: UnitOfWork, version: { name: string; hash: string }): Promise<ProcessModel> {
  const [row] = await unit.sql.unsafe<{ document: string; names: NamesSince }[]>(
    'select document, names from _process_definition where hash = $1::text',
    [version.hash],
    {
      prepare: true,
    },
  )
  if (row === undefined) throw new Error(`Version ${version.hash} of process ${version.name} is not stored.`)
  const document = JSON.parse(row.document) as Record<string, unknown>
  const result = linkProcess(document, unit.model, row.names)
  if ('process' in result) return result.process
  throw new TesseraError(
    'unavailable',
    `This record lives on an earlier version of the process "${version.name}" that no longer fits its object: ` +
      result.problems.map((problem) => describeProblem(problem)).join('; '),
  )
}
