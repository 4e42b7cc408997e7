import { TesseraError } from '../../access/errors.ts'
import type { Principal } from '../../access/principal.ts'
import { loadDemo, planDemo, runDemo, type DemoPort } from '../../background/demo/index.ts'
import { describeProblem } from '../../definitions/index.ts'
import type { Model } from '../../definitions/model/model.ts'
import { completeWorkItem, listWorkItems, sendEvent } from '../../processes/index.ts'
import {
  createRecord,
  getRecord,
  readingWork,
  updateRecord,
  writingWork,
  type WorkOptions,
} from '../../records/index.ts'
import { linkAccount, setPassword } from '../identity/accounts.ts'
import { readPerson } from '../identity/principals.ts'
import type { ServerParts } from '../parts.ts'
import type { FirstAccount } from './sign-in-note.ts'
import { systemPrincipal } from '../identity/system-principal.ts'

export interface Demonstration {
  readonly parts: Pick<ServerParts, 'database' | 'models' | 'ports' | 'processPorts'>
  /** The folders that may hold the demonstration data of packages, that of the project last. */
  readonly roots: readonly [string, ...string[]]
  readonly tenant: string
  /** The password of all people who are made. */
  readonly password: string
  /** Breaks off after the step that is under way. */
  readonly signal: AbortSignal
}

/** The same tenants get the same people and records whenever they are made. */
const seed = 20_261_122

/**
 * Loads the demonstration data that the packages of a tenant declare, through the ordinary write path and under the
 * rights of the people in it, and lets those people sign in.
 * @returns the accounts that were made; none where the packages declare no demonstration data
 * @throws when the data is declared wrongly or refused; what was written before stays
 */
export async function loadDemonstration(options: Demonstration): Promise<readonly FirstAccount[]> {
  const { parts, roots, tenant } = options
  const model = await parts.models.current(tenant)
  const { documents, problems } = loadDemo({
    roots,
    packages: model.packages.map(({ name }) => name),
    base: roots[0],
  })
  if (problems.length > 0) throw new Error(problems.map(describeProblem).join('\n'))
  if (documents.length === 0) return []
  const people: string[] = []
  const port = await openPort(options, model, (person) => people.push(person))
  const onProgress = () => {
    if (options.signal.aborted)
      throw new Error(
        'The demonstration data is incomplete. To load it anew, remove the data folder .tessera.',
      )
  }
  await runDemo({ plan: planDemo({ documents, seed, now: new Date() }), port, onProgress })
  return Promise.all(people.map((member) => accountOf(options, member))).then((found) => found.flat())
}

async function openPort(
  { parts: { database, models, ports, processPorts }, tenant }: Demonstration,
  model: Model,
  onPerson: (id: string) => void,
): Promise<DemoPort> {
  const pool = await database.tenant(tenant)
  const principals = new Map<string, Principal>()

  async function principalOf(id: string | undefined, now: Date): Promise<Principal> {
    if (id === undefined) return systemPrincipal(model)
    const known = principals.get(id)
    if (known !== undefined) return known
    const person = await readPerson({ database, models, tenant, member: id, now })
    if (person === undefined) throw new Error(`The person ${id} of the demonstration data is not active.`)
    principals.set(id, person)
    return person
  }
  const workOf = async ({ as, at }: { as: string | undefined; at: Date }): Promise<WorkOptions> => ({
    tenant,
    model,
    principal: await principalOf(as, at),
    now: at,
    pool,
    ports,
    cause: { demonstration: true },
  })

  return {
    async create({ object, values, ...deed }) {
      const record = await writingWork(await workOf(deed), (unit) => createRecord(unit, { object, values }))
      const id = record.id as string
      if (object === 'user') onPerson(id)
      return id
    },
    async update({ object, id, values, ...deed }) {
      await writingWork(await workOf(deed), (unit) => updateRecord(unit, { object, id, values }))
      if (object === 'user') principals.delete(id)
    },
    async send({ object, id, event, values, ...deed }) {
      const step = await writingWork(await workOf(deed), (unit) =>
        sendEvent(unit, { object, id, event, values }, { ports: processPorts }),
      )
      return step.created
    },
    async decide({ id, outcome, values, ...deed }) {
      return writingWork(await workOf(deed), async (unit) => {
        const [item] = await listWorkItems(unit, { record: id })
        if (item === undefined) return false
        await completeWorkItem(unit, { id: item.id, outcome, values }, processPorts)
        return true
      })
    },
    async lines({ object, id, field, ...deed }) {
      const record = await getRecord(readingWork(await workOf(deed)), { object, id, fields: [field] })
      return (record[field] ?? []) as readonly Readonly<Record<string, unknown>>[]
    },
  }
}

async function accountOf(options: Demonstration, member: string): Promise<FirstAccount[]> {
  const { parts, tenant, password } = options
  const { database, models } = parts
  const person = await readPerson({ database, models, tenant, member, now: new Date() })
  if (person?.email === undefined) return []
  const owner = { tenant, member, email: person.email, name: person.name }
  const linked = await linkAccount(database, owner, { isOperator: true })
  if (linked.outcome !== 'linked')
    throw new TesseraError('conflict', `${person.email} has an account elsewhere.`)
  await setPassword(database, { account: linked.account, password })
  return [{ email: person.email, password, roles: person.roles }]
}
