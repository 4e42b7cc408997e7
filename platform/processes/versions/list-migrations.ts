import type { LocalText } from '../../definitions/model/model.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import { needOperator } from '../operation/operator.ts'

/** How far a version of a process is that takes over what lives on earlier ones. */
export interface MigrationProgress {
  readonly id: string
  readonly process: string
  readonly label: LocalText
  /** The hash of the version. */
  readonly version: string
  readonly status: 'waiting' | 'running' | 'done' | 'overtaken'
  readonly moved: number
  readonly refused: number
  /** How many live on earlier versions, those that were refused included. */
  readonly left: number
  readonly begun_at: string
  readonly finished_at: string | null
}

const most = 20

/**
 * The latest migrations, the newest first.
 * @throws TesseraError forbidden without the feature "operate"
 */
export async function listMigrations(unit: UnitOfWork): Promise<readonly MigrationProgress[]> {
  needOperator(unit)
  const rows = (await unit.sql.unsafe(
    `select m.id, m.process, m.definition as version, m.status, m.moved, m.refused, m.created_at as begun_at, m.finished_at,
       (select count(*)::int from _instance i where i.process = m.process and i.definition <> m.definition and i.status = 'active'
          and m.status <> 'overtaken') as left
     from _process_migration m order by m.created_at desc, m.id desc limit ${most}`,
  )) as unknown as Omit<MigrationProgress, 'label'>[]
  return rows.map((row) => ({ ...row, label: unit.model.processes.get(row.process)?.label ?? row.process }))
}
