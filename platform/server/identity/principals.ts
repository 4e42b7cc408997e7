import { heldRoles, unlimitedRights } from '../../access/rights.ts'
import { TesseraError } from '../../access/errors.ts'
import type { Principal } from '../../access/principal.ts'
import type { Database } from '../../database/index.ts'
import type { Model } from '../../definitions/model/model.ts'
import { getRecord, readingWork } from '../../records/index.ts'
import type { ModelSource } from '../parts.ts'
import { outlookOf } from './outlook.ts'

export type Person = Principal & { readonly userId: string }

const fields = ['name', 'email', 'roles', 'team', 'manager', 'is_active', 'locale', 'time_zone']

/**
 * The person behind a row of the tenant's object `user`, with roles, team and reporting line; undefined where the row
 * is gone or not active.
 */
export async function readPerson(options: {
  database: Database
  models: ModelSource
  tenant: string
  member: string
  now: Date
}): Promise<Person | undefined> {
  const { database, models, tenant, member, now } = options
  const model = await models.current(tenant)
  const pool = await database.tenant(tenant)
  const work = readingWork({ tenant, model, principal: nobody(model), now, pool, ports: {} })
  try {
    // Who somebody is has to be known before it is known what he may see.
    const row = await getRecord(
      { ...work, rights: unlimitedRights },
      { object: 'user', id: member, fields, hasLines: false },
    )
    if (row.is_active === false) return undefined
    const person = personOf(model, row)
    return { ...person, ...(await outlookOf(pool, { model, person })) }
  } catch (error) {
    if (error instanceof TesseraError && error.code === 'not_found') return undefined
    throw error
  }
}

function personOf(model: Model, row: Readonly<Record<string, unknown>>): Person {
  const text = (name: string) => (typeof row[name] === 'string' && row[name] !== '' ? row[name] : undefined)
  return {
    kind: 'person',
    userId: row.id as string,
    name: text('name') ?? '',
    email: text('email'),
    roles: heldRoles(model, (row.roles ?? []) as string[]).map(({ name }) => name),
    team: text('team'),
    manager: text('manager'),
    locale: text('locale') ?? model.settings.locale,
    timeZone: knownZone(text('time_zone')) ?? model.settings.timeZone,
  }
}

function nobody(model: Model): Principal {
  return {
    kind: 'process',
    userId: undefined,
    name: 'sign-in',
    email: undefined,
    roles: [],
    team: undefined,
    manager: undefined,
    locale: model.settings.locale,
    timeZone: model.settings.timeZone,
  }
}

/** A zone that neither JavaScript nor PostgreSQL knows would break every date of its owner. */
function knownZone(zone: string | undefined): string | undefined {
  if (zone === undefined) return undefined
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone
  } catch {
    return undefined
  }
}
