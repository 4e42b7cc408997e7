import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { steadyPort } from '../../platform/database/embedded/server.ts'
import { startEmbedded } from '../../platform/database/embedded/start-embedded.ts'
import { migratePlatform, openDatabase, type Database, type Sql } from '../../platform/database/index.ts'
import { modelFromDocuments } from '../../platform/definitions/index.ts'
import type { Model } from '../../platform/definitions/model/model.ts'
import { publishModel } from '../../platform/publishing/index.ts'
import { createKey } from '../../platform/server/identity/api-keys.ts'
import { openCarrier, type Carrier } from './carrier.ts'
import { declarationsFor } from './declarations.ts'
import { ServerNode } from './server-node.ts'

export const tenant = 'main'

export interface Person {
  readonly id: string
  readonly key: string
}

/** Three nodes on one PostgreSQL of their own, and people with keys. */
export interface House {
  readonly model: Model
  readonly nodes: readonly ServerNode[]
  readonly people: readonly Person[]
  readonly carrier: Carrier
  readonly database: Database
  /** The tenant's tables, read beside the nodes. */
  readonly sql: Sql
  /** Ends the database: `SIGINT` in order, `SIGQUIT` at once, `SIGKILL` without a word. It comes back by itself. */
  endDatabase(signal: 'SIGINT' | 'SIGQUIT' | 'SIGKILL'): void
  close(): Promise<void>
}

export async function openHouse(): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-faults-'))
  chmodSync(folder, 0o755)
  const project = join(folder, 'project')
  mkdirSync(project)
  const server = await startEmbedded({ project })
  const database = await openDatabase({ url: server.url })
  await migratePlatform(database)
  const carrier = await openCarrier()
  const model = modelFromDocuments(declarationsFor(carrier.url))
  await publishModel({ database, tenant, model })
  const sql = await database.tenant(tenant)
  const people = await Promise.all(['Ann', 'Bob', 'Cid', 'Dora'].map((name) => hire(database, sql, name)))
  const ports = await Promise.all([steadyPort(), steadyPort(), steadyPort()])
  const nodes = ports.map((port) => new ServerNode({ port, databaseUrl: server.url }))
  const close = async () => {
    await Promise.all(nodes.map((node) => node.kill()))
    carrier.close()
    await database.close()
    await server.release()
    rmSync(server.folder, { recursive: true, force: true })
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await Promise.all(nodes.map((node) => node.start()))
  } catch (error) {
    await close()
    throw error
  }
  return {
    model,
    nodes,
    people,
    carrier,
    database,
    sql,
    endDatabase(signal) {
      const [pid] = readFileSync(join(server.folder, 'data', 'postmaster.pid'), 'utf8').split('\n')
      process.kill(Number(pid), signal)
    },
    close,
  }
}

async function hire(database: Database, sql: Sql, name: string): Promise<Person> {
  const id = uuidv7()
  await sql`insert into "user" (id, name, email, roles, is_active, created_at, updated_at)
    values (${id}, ${name}, ${`${name}@example.com`}, ${['clerk']}, true, now(), now())`
  const { key } = await createKey(database.platform, {
    tenant,
    member: id,
    name: 'faults',
    scopes: ['read', 'write'],
    expiresAt: null,
    now: new Date(),
  })
  return { id, key }
}
