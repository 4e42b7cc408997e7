import { mkdtemp, rm } from 'node:fs/promises'
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
import type { ScenarioDocument } from './document.ts'
import { playScenario, type Departure } from './play-scenario.ts'
import { openStage } from './stage.ts'

/** A PostgreSQL of its own, made for scenarios and thrown away after them: nothing of anybody's data is near. */
export interface Theatre {
  /** Plays a scenario on an empty stage. Gives where it went another way than it says, if it did. */
  play(document: ScenarioDocument): Promise<Departure | undefined>
  close(): Promise<void>
}

const tenant = 'scenario'
const usualBeginning = '2026-03-02T09:00:00Z'

export async function openTheatre(options: {
  model: Model
  beforeWrite?: RecordPorts['beforeWrite']
  callAction?: ProcessPorts['callAction']
}): Promise<Theatre> {
  const { model, beforeWrite, callAction } = options
  const folder = await mkdtemp(join(tmpdir(), 'tessera-scenarios-'))
  const database = await openDatabase({ project: folder })
  const close = async () => {
    await database.close()
    await rm(folder, { recursive: true, force: true })
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
    async play(document) {
      await clear(database)
      const begins = new Date(document.begins_at ?? usualBeginning)
      return playScenario(await openStage({ database, tenant, model, begins, ports, processPorts }), document)
    },
    close,
  }
}

/** What belongs to the published version and not to its records. */
const kept = ['_migration', '_process_definition', '_unsettled', '_retired', '_setting']

async function clear({ platform: sql }: Database): Promise<void> {
  const schema = schemaOf(tenant)
  const tables = await sql<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname = ${schema} and tablename <> all(${kept})`
  await sql.unsafe(`truncate ${tables.map(({ name }) => name).join(', ')} restart identity`)
}
