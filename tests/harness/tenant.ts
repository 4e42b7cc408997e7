import { v7 as uuidv7 } from 'uuid'
import type { Principal } from '../../platform/access/principal.ts'
import type { Database } from '../../platform/database/index.ts'
import { buildModel, describeProblem, type PluginVocabulary } from '../../platform/definitions/index.ts'
import type { Model } from '../../platform/definitions/model/model.ts'
import {
  clocksPort,
  lifecyclePort,
  triggersPort,
  waitsPort,
  type ProcessPorts,
} from '../../platform/processes/index.ts'
import { publishModel } from '../../platform/publishing/index.ts'
import {
  createRecord,
  readingWork,
  writingWork,
  type RecordPorts,
  type UnitOfWork,
  type WorkOptions,
} from '../../platform/records/index.ts'

type Documents = Parameters<typeof buildModel>[0]['documents']

/** A published tenant of a test, with people who work in it. */
export interface TestTenant {
  readonly model: Model
  /** Moves the clock of all following work. */
  setClock(now: string): void
  /** A person with roles, made as a record of `user`; the same name gives the same person. */
  person(name: string, options?: { roles?: readonly string[]; team?: string }): Promise<Principal>
  work(principal: Principal): WorkOptions
  read<T>(principal: Principal, work: (unit: UnitOfWork) => Promise<T>): Promise<T>
  write<T>(principal: Principal, work: (unit: UnitOfWork) => Promise<T>): Promise<T>
  sql: Awaited<ReturnType<Database['tenant']>>
}

/** Publishes a tiny set of declarations as a tenant and gives hands to work in it. */
export async function testTenant(
  database: Database,
  documents: Documents,
  options: {
    name?: string
    processPorts?: ProcessPorts
    recordPorts?: RecordPorts
    plugins?: PluginVocabulary
  } = {},
): Promise<TestTenant> {
  const { name = 'test', processPorts, recordPorts, plugins } = options
  const { model, problems } = buildModel({ documents, ...(plugins === undefined ? {} : { plugins }) })
  if (model === undefined) throw new Error(problems.map(describeProblem).join('\n'))
  await publishModel({ database, tenant: name, model })
  const sql = await database.tenant(name)
  const ports: RecordPorts = {
    ...recordPorts,
    ...{ lifecycle: lifecyclePort(processPorts), clocks: clocksPort, waits: waitsPort },
    triggers: triggersPort,
  }
  const people = new Map<string, Principal>()
  let now = new Date('2026-11-22T08:00:00.000Z')
  const work = (principal: Principal): WorkOptions => ({
    tenant: name,
    model,
    principal,
    now,
    pool: sql,
    ports,
  })
  const root: Principal = {
    kind: 'process',
    userId: undefined,
    name: 'Set-up',
    email: undefined,
    roles: ['administrator'],
    team: undefined,
    manager: undefined,
    locale: 'en',
    timeZone: 'UTC',
  }
  return {
    model,
    sql,
    setClock(moment) {
      now = new Date(moment)
    },
    async person(personName, { roles = [], team } = {}) {
      const known = people.get(personName)
      if (known !== undefined) return known
      const userId = uuidv7()
      const email = `${personName.toLowerCase().replaceAll(' ', '.')}@example.com`
      await writingWork(work(root), (unit) =>
        createRecord(
          unit,
          { object: 'user', values: { name: personName, email, roles, team: team ?? null } },
          { id: userId },
        ),
      )
      const person: Principal = { ...root, kind: 'person', userId, name: personName, email, roles, team }
      people.set(personName, person)
      return person
    },
    work,
    read: (principal, run) => run(readingWork(work(principal))),
    write: (principal, run) => writingWork(work(principal), run),
  }
}
