import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { House, Person } from './house.ts'
import type { Entry, Ledger, Told } from './ledger.ts'
import type { Chance } from './random.ts'
import type { ServerNode } from './server-node.ts'

const clients = 6
const patienceMs = 2_500

/** On a slow machine a round takes longer, so that not everything in it is trouble. */
const fewestDone = 40
const longestMs = 12_000

/** Clients that do random acts on random nodes with the same few parcels until the time is over. */
export async function load(
  house: House,
  options: { chance: Chance; ledger: Ledger; parcels: readonly string[]; until: number },
): Promise<void> {
  const { ledger, until } = options
  const chances = Array.from({ length: clients }, () => options.chance.fork())
  const isOver = () =>
    Date.now() > until && (ledger.told('done') >= fewestDone || Date.now() > until + longestMs)
  await Promise.all(
    chances.map(async (chance) => {
      while (!isOver()) {
        await act(house, { ...options, chance })
        await wait(chance.below(30))
      }
    }),
  )
}

/** New parcels; only those whose creation was confirmed are named. */
export async function newParcels(
  house: House,
  { chance, ledger, count }: { chance: Chance; ledger: Ledger; count: number },
): Promise<readonly string[]> {
  const made = await Promise.all(
    Array.from({ length: count }, async () => {
      const title = randomUUID()
      const person = chance.of(house.people)
      const { told, body } = await ask(chance.of(house.nodes), person, 'records/parcel', { title })
      ledger.note({ act: 'create', target: title, key: title, person: person.id, told })
      return told === 'done' ? [(body as { id: string }).id] : []
    }),
  )
  return made.flat()
}

async function act(
  house: House,
  options: { chance: Chance; ledger: Ledger; parcels: readonly string[] },
): Promise<void> {
  const { chance, ledger, parcels } = options
  const node = chance.of(house.nodes)
  const person = chance.of(house.people)
  const note = (entry: Omit<Entry, 'person'>) => ledger.note({ ...entry, person: person.id })
  const kind = chance.next()
  if (kind < 0.5) {
    const target = chance.of(parcels)
    const event = kind < 0.4 ? 'go' : 'recall'
    const key = randomUUID()
    const values = event === 'go' ? { key, size: chance.below(10) - 1 } : { key }
    const { told } = await ask(node, person, `records/parcel/${target}/events/${event}`, { values })
    return note({ act: 'event', target, key, told })
  }
  if (kind < 0.55) return void (await newParcels(house, { chance, ledger, count: 1 }))
  const target = await openWork(house, { chance, parcels })
  if (target === undefined) return
  const act = kind < 0.8 ? 'claim' : 'complete'
  const { told } = await ask(node, person, `work-items/${target}/${act}`, {})
  note({ act, target, key: randomUUID(), told })
}

async function openWork(
  { sql }: House,
  { chance, parcels }: { chance: Chance; parcels: readonly string[] },
): Promise<string | undefined> {
  try {
    const rows = await sql<{ id: string }[]>`
      select id from _work_item where completed_at is null and record = any (${parcels as string[]}::uuid[])`
    return rows.length === 0 ? undefined : chance.of(rows).id
  } catch {
    // The database is being ended under our hands.
    return undefined
  }
}

async function ask(
  { port }: ServerNode,
  person: Person,
  path: string,
  body: object,
): Promise<{ told: Told; body: unknown }> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/api/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${person.key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(patienceMs),
    })
    const answer: unknown = await response.json()
    if (response.ok) return { told: 'done', body: answer }
    // A fault of the server says nothing of what was done.
    return { told: response.status >= 500 ? 'nothing' : 'refused', body: answer }
  } catch {
    return { told: 'nothing', body: undefined }
  }
}
