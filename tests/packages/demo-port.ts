import type { Principal } from '../../platform/access/principal.ts'
import type { Model } from '../../platform/definitions/model/model.ts'
import type { Sql } from '../../platform/database/sql.ts'
import {
  completeWorkItem,
  listWorkItems,
  sendEvent,
  type ProcessPorts,
} from '../../platform/processes/index.ts'
import {
  createRecord,
  getRecord,
  readingWork,
  updateRecord,
  writingWork,
  type RecordPorts,
  type UnitOfWork,
} from '../../platform/records/index.ts'
import type { DemoPort } from '../../platform/background/demo/index.ts'

export interface RecordPortOptions {
  readonly tenant: string
  readonly model: Model
  /** The tenant's pool. */
  readonly pool: Sql
  readonly records: RecordPorts
  readonly processes?: ProcessPorts
}

/**
 * The write path as the demonstration data sees it: each action is a unit of work of its own, under the rights of the
 * person and with the clock set to the moment of the action. What nobody does, the role administrator does.
 */
export function recordDemoPort(options: RecordPortOptions): DemoPort {
  const { processes } = options
  const people = new Map<string, Principal>()
  const workOf = async (as: string | undefined, at: Date) => {
    const { tenant, model, pool, records } = options
    const system = { tenant, model, pool, ports: records, now: at, principal: administrator }
    if (as === undefined) return system
    const known = people.get(as) ?? (await readPerson(readingWork(system), as))
    people.set(as, known)
    return { ...system, principal: known }
  }
  const write = async <T>(
    deed: { as: string | undefined; at: Date },
    work: (unit: UnitOfWork) => Promise<T>,
  ) => writingWork({ ...(await workOf(deed.as, deed.at)), cause: { demo: true } }, work)
  return {
    async create({ object, values, ...deed }) {
      return String((await write(deed, (unit) => createRecord(unit, { object, values }))).id)
    },
    async update({ object, id, values, ...deed }) {
      await write(deed, (unit) => updateRecord(unit, { object, id, values }))
    },
    async send({ object, id, event, values, ...deed }) {
      const step = await write(deed, (unit) =>
        sendEvent(unit, { object, id, event, values }, processes === undefined ? {} : { ports: processes }),
      )
      return step.created
    },
    decide: ({ id, outcome, values, ...deed }) =>
      write(deed, async (unit) => {
        const [item] = await listWorkItems(unit, { record: id })
        if (item === undefined) return false
        await completeWorkItem(unit, { id: item.id, outcome, values }, processes)
        return true
      }),
    async lines({ object, id, field, as, at }) {
      const record = await getRecord(readingWork(await workOf(as, at)), { object, id, fields: [field] })
      return record[field] as readonly Readonly<Record<string, unknown>>[]
    },
  }
}

const administrator: Principal = {
  kind: 'process',
  userId: undefined,
  name: 'Demonstration data',
  email: undefined,
  roles: ['administrator'],
  team: undefined,
  manager: undefined,
  locale: 'en',
  timeZone: 'UTC',
}

async function readPerson(unit: UnitOfWork, id: string): Promise<Principal> {
  const {
    name,
    email,
    roles,
    team,
    manager,
    locale,
    time_zone: timeZone,
  } = await getRecord(unit, { object: 'user', id })
  return {
    kind: 'person',
    userId: id,
    name: String(name),
    email: String(email),
    roles: (roles ?? []) as string[],
    team: textOf(team),
    manager: textOf(manager),
    locale: textOf(locale) ?? 'en',
    timeZone: textOf(timeZone) ?? 'UTC',
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
