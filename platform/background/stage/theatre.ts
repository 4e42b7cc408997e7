import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migratePlatform, openDatabase, schemaOf, type Database } from '../../database/index.ts'
import type { Model } from '../../definitions/model/model.ts'
import {
  clocksPort,
  lifecyclePort,
  triggersPort,
  waitsPort,
  type ProcessPorts,
} from '../../processes/index.ts'
import { publishModel } from '../../publishing/index.ts'
import type { RecordPorts } from '../../records/index.ts'
import { openStage, type ComingFailure, type Stage } from './stage.ts'

/** A PostgreSQL of its own, made to play on and thrown away afterwards: nothing of anybody's data is near. */
export interface Theatre {
  /** An empty stage, whose clock stands at a moment. The one before is over. See openStage for `failed`. */
  stage(begins: Date, failed?: (failure: ComingFailure) => void): Promise<Stage>
  close(): Promise<void>
}

/** What is played, and what plugins add to it. */
export interface TheatreOptions {
  readonly model: Model
  readonly beforeWrite?: RecordPorts['beforeWrite']
  readonly callAction?: ProcessPorts['callAction']
}

const tenant = 'stage'

export async function openTheatre({ model, beforeWrite, callAction }: TheatreOptions): Promise<Theatre> {
  const folder = await mkdtemp(join(tmpdir(), 'tessera-theatre-'))
  const database = await openDatabase({ project: folder, isDurable: false })
  // The data may be elsewhere, where the account of the server may enter.
  const data = await realpath(join(folder, '.tessera', 'postgres'))
  const close = async () => {
    await database.close()
    for (const path of [data, folder]) await rm(path, { recursive: true, force: true })
  }
  try {
    await migratePlatform(database)
    await publishModel({ database, tenant, model, settleMs: 0 })
  } catch (error) {
    await close()
    throw error
  }
  const processPorts: ProcessPorts = callAction === undefined ? {} : { callAction }
  const ports: RecordPorts = {
    lifecycle: lifecyclePort(processPorts),
    clocks: clocksPort,
    waits: waitsPort,
    triggers: triggersPort,
    ...(beforeWrite === undefined ? {} : { beforeWrite }),
  }
  return {
    async stage(begins, failed) {
      await clear(database)
      return openStage({
        ...{ database, tenant, model, begins, ports, processPorts },
        ...(failed === undefined ? {} : { failed }),
      })
    },
    close,
  }
}

/** What belongs to the published version and not to its records; and the audit log, which nobody can empty. */
const kept = [
  '_audit',
  '_migration',
  '_process_definition',
  '_process_release',
  '_unsettled',
  '_retired',
  '_setting',
]

async function clear({ platform: sql }: Database): Promise<void> {
  const schema = schemaOf(tenant)
  const tables = await sql<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname = ${schema} and tablename <> all(${kept})`
  await sql.unsafe(`truncate ${tables.map(({ name }) => name).join(', ')} restart identity`)
}
