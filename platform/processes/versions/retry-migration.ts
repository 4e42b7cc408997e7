import type { UnitOfWork } from '../../records/unit-of-work.ts'
import type { ProcessPorts } from '../ports.ts'
import { migrateInstance } from './migrate-instance.ts'

/**
 * Takes an instance over that could not be taken over before; its record is locked.
 * @returns whether it had been refused and is taken over now
 * @throws TesseraError as migrateInstance does
 */
export async function retryMigration(
  unit: UnitOfWork,
  { instance, process: name, ports }: { instance: string; process: string; ports: ProcessPorts },
): Promise<boolean> {
  const process = unit.model.processes.get(name)
  if (process?.migration === undefined) return false
  const forgotten = await unit.sql.unsafe(
    `with gone as (delete from _process_migration_refusal r using _process_migration m
         where m.id = r.migration and m.definition = $2::text and r.instance = $1::uuid returning m.id)
     update _process_migration m set refused = refused - 1, moved = moved + 1 from gone where m.id = gone.id returning 1`,
    [instance, process.hash],
    { prepare: true },
  )
  if (forgotten.length === 0) return false
  await migrateInstance(unit, { id: instance, process, ports })
  return true
}
