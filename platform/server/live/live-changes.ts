import type { Scopes } from '../../access/scopes.ts'
import type { Database } from '../../database/index.ts'
import { readingWork, type RecordPorts } from '../../records/index.ts'
import type { Identities } from '../identity/identities.ts'
import type { Log } from '../observe/log.ts'
import type { ModelSource } from '../parts.ts'
import { ChangeTail, type Change } from './change-tail.ts'
import { visibleChanges } from './visible-changes.ts'

export type LiveEvent =
  | {
      readonly event: 'change'
      readonly data: {
        readonly object: string
        readonly id: string
        readonly version: number
        readonly action: string
      }
    }
  /** So much has changed that records are not told one by one: read the lists again. */
  | { readonly event: 'many'; readonly data: { readonly objects: readonly string[] } }
  | { readonly event: 'published'; readonly data: { readonly hash: string } }
  | { readonly event: 'work'; readonly data: Readonly<Record<string, never>> }

export interface Listener {
  readonly tenant: string
  readonly member: string
  /** Of the API key that listens. */
  readonly scopes?: Scopes | undefined
  /** Objects that are listened to; all without it. */
  readonly objects: ReadonlySet<string> | undefined
  tell(event: LiveEvent): void
  /** The listener's access has ended, or the server stops. */
  end(): void
}

export interface LiveChanges {
  /** Returns how to stop listening. */
  listen(listener: Listener): () => void
  /** Somebody took, gave back or did work. */
  tellWork(tenant: string): void
  readonly listeners: number
  close(): void
}

const pollMs = 400
const mostTold = 200

/** One tail for each tenant in which somebody listens; each listener hears only of what he may read. */
export function createLiveChanges(parts: {
  database: Database
  models: ModelSource
  ports: RecordPorts
  identities: Identities
  clock: () => Date
  log: Log
}): LiveChanges {
  const { database, models, ports, identities, clock, log } = parts
  const tenants = new Map<string, Set<Listener>>()
  const stopHearing = models.onActivated((tenant, model) => {
    for (const listener of tenants.get(tenant) ?? [])
      listener.tell({ event: 'published', data: { hash: model.hash } })
  })

  const tellWork = (tenant: string) => {
    for (const listener of tenants.get(tenant) ?? []) listener.tell({ event: 'work', data: {} })
  }

  async function follow(tenant: string, listeners: Set<Listener>): Promise<void> {
    let tail: ChangeTail | undefined
    while (listeners.size > 0) {
      try {
        tail ??= new ChangeTail(await database.tenant(tenant))
        const changes = await tail.next()
        if (changes.length > 0) await tellChanges(tenant, listeners, changes)
      } catch (error) {
        log.warn({ tenant, message: (error as Error).message }, 'live changes could not be read')
      }
      await new Promise((resolve) => setTimeout(resolve, pollMs))
    }
    if (tenants.get(tenant) === listeners) tenants.delete(tenant)
  }

  async function tellChanges(tenant: string, listeners: Set<Listener>, changes: readonly Change[]) {
    const [model, pool] = await Promise.all([models.current(tenant), database.tenant(tenant)])
    // The tabs of one person see the same, and so do the listeners of keys that reach as far.
    for (const own of Map.groupBy(listeners, groupOf).values()) {
      const { member, scopes } = own[0] as Listener
      const person = await identities.person(tenant, member)
      if (person === undefined) {
        for (const listener of own) listener.end()
        continue
      }
      const principal = scopes === undefined ? person : { ...person, scopes }
      const unit = readingWork({ tenant, model, principal, now: clock(), pool, ports })
      const wanted = changes.filter(({ object }) => own.some((listener) => isWanted(listener, object)))
      if (new Set(wanted.map(({ record }) => record)).size > mostTold) {
        const objects = [...new Set(wanted.map(({ object }) => object))].filter(
          (object) => unit.rights.object(object).read.length > 0,
        )
        for (const listener of own) listener.tell({ event: 'many', data: { objects } })
        continue
      }
      for (const { object, record: id, version, action } of await visibleChanges(unit, wanted))
        for (const listener of own)
          if (isWanted(listener, object))
            listener.tell({ event: 'change', data: { object, id, version, action } })
    }
    // Work comes and goes with steps of processes, and with the records that they govern.
    const isGoverned = (object: string) => model.objects.get(object)?.lifecycle !== undefined
    if (changes.some(({ isStep, action, object }) => isStep || (action !== 'update' && isGoverned(object))))
      tellWork(tenant)
  }

  return {
    listen(listener) {
      const { tenant } = listener
      let listeners = tenants.get(tenant)
      if (listeners === undefined) {
        listeners = new Set([listener])
        tenants.set(tenant, listeners)
        void follow(tenant, listeners)
      } else listeners.add(listener)
      const joined = listeners
      return () => joined.delete(listener)
    },
    tellWork,
    get listeners() {
      return [...tenants.values()].reduce((sum, listeners) => sum + listeners.size, 0)
    },
    close() {
      stopHearing()
      for (const listeners of tenants.values()) {
        for (const listener of listeners) listener.end()
        listeners.clear()
      }
    },
  }
}

function groupOf({ member, scopes }: Listener): string {
  return `${member} ${scopes?.join(' ') ?? ''}`
}

function isWanted({ objects }: Listener, object: string): boolean {
  return objects === undefined || objects.has(object)
}
