import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { migratePlatform, openDatabase } from '../../platform/database/index.ts'
import type { ServerParts } from '../../platform/server/parts.ts'
import { loadDemonstration } from '../../platform/server/run/demonstration.ts'
import { buildInterface } from '../../platform/server/static/build-interface.ts'
import { repository } from '../packages/shipped-packages.ts'
import { administratorOf } from './administrator.ts'
import { administrator, password, publishCompany, serveCompany, tenant } from './serve-company.ts'

/** The product at work on its demonstration data. */
export interface Demonstration {
  readonly origin: string
  /** Addresses of people who can sign in. */
  readonly manager: string
  readonly administrator: string
  /** The id of one record that a filter finds among those of the manager's people, or that of one it refers to. */
  find(object: string, filter: string, field?: string): Promise<string>
  close(): Promise<void>
}

/**
 * Builds the interface, loads the demonstration data where that has not been done, and serves both. The data is kept
 * in node_modules/.cache; it is made anew when that folder is removed.
 */
export async function openDemonstration(print: (line: string) => void): Promise<Demonstration> {
  const project = join(repository, 'node_modules/.cache/screenshots')
  await mkdir(project, { recursive: true })
  await buildInterface({ root: repository, onStart: () => print('Building the interface ...') })
  const database = await openDatabase({ project, url: undefined })
  await migratePlatform(database)
  await publishCompany(database)
  const company = await serveCompany(database, join(repository, 'ui/build'), demonstrate)
  const { list } = await administratorOf(company)
  const first = async (object: string, filter: string, fields: string[] = []) => {
    const [row] = await list(object, filter, fields)
    if (row === undefined) throw new Error(`The demonstration data has no ${object} where ${filter}.`)
    return row
  }
  const manager = await first('user', "record.email == 'helen.marsh@tessera.example'", ['email'])
  return {
    origin: company.origin,
    manager: String(manager.email),
    administrator,
    find: async (object, filter, field = 'id') => {
      const ofTheirs = `${filter} && record.owner.manager == '${String(manager.id)}'`
      return String((await first(object, ofTheirs, [field]))[field])
    },
    async close() {
      await company.close()
      await database.close()
    },
  }

  async function demonstrate(parts: ServerParts): Promise<void> {
    const pool = await database.tenant(tenant)
    const [row] = await pool`select count(*)::int as accounts from account`
    if (row?.accounts !== 0) return
    print('Loading the demonstration data ...')
    const { signal } = new AbortController()
    await loadDemonstration({ parts, roots: [repository], tenant, password, signal })
  }
}
