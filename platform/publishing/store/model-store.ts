import { TesseraError } from '../../access/errors.ts'
import type { Database } from '../../database/index.ts'
import type { Model, PluginVocabulary } from '../../definitions/index.ts'
import { PUBLISHED_CHANNEL } from '../apply/publish-model.ts'
import { modelOfVersion } from '../versions/version-model.ts'

/** The Models that this node serves, kept up to date with what is published anywhere. */
export interface ModelStore {
  /**
   * The Model that is served now. A request takes it once and keeps it to its end.
   * @throws TesseraError unavailable where nothing has been published to the tenant
   */
  current(tenant: string): Promise<Model>
  /** Calls back after a tenant's new version has taken the place of the one before. Returns how to stop that. */
  onActivated(listener: Listener): () => void
  /** Looks now for a newer version, for one who has just published and wants to go on with it. */
  refresh(tenant: string): Promise<Model>
  close(): Promise<void>
}

export type Listener = (tenant: string, model: Model, version: number) => void

interface Activation {
  readonly version: number
  readonly model: Model
}

/** In case a notification was lost with its connection. */
const RECHECK_MS = 5_000

export async function createModelStore(
  database: Database,
  plugins?: PluginVocabulary,
  { recheckMs = RECHECK_MS, onError = () => undefined }: StoreOptions = {},
): Promise<ModelStore> {
  const { platform } = database
  const loaded = new Map<string, Promise<Activation>>()
  const listeners = new Set<Listener>()
  const queue = new Map<string, Promise<unknown>>()

  const load = async (tenant: string, known?: Activation): Promise<Activation> => {
    const [row] = await platform<{ number: number; documents: string }[]>`
      select v.number, v.documents from platform.tenant t
      join platform.published_version v on v.tenant = t.name and v.number = t.active_version
      where t.name = ${tenant} and v.number is distinct from ${known?.version ?? null}`
    if (row !== undefined) return { version: row.number, model: modelOfVersion({ tenant, ...row, plugins }) }
    if (known !== undefined) return known
    throw new TesseraError(
      'unavailable',
      `Nothing has been published to the tenant "${tenant}"; \`tessera publish\` does it.`,
    )
  }

  /** One after the other for each tenant, so that an older version never replaces a newer one. */
  const refresh = (tenant: string): Promise<Activation> => {
    const next = (queue.get(tenant) ?? Promise.resolve()).then(async () => {
      const known = await loaded.get(tenant)?.catch(() => undefined)
      const activation = await load(tenant, known)
      if (activation === known) return activation
      loaded.set(tenant, Promise.resolve(activation))
      for (const listener of listeners) listener(tenant, activation.model, activation.version)
      return activation
    })
    queue.set(
      tenant,
      next.catch(() => undefined),
    )
    return next
  }

  const recheck = async () => {
    const tenants = [...loaded.keys()]
    if (tenants.length === 0) return
    const rows = await platform<{ name: string; version: number | null }[]>`
      select name, active_version as version from platform.tenant where name = any (${tenants})`
    for (const tenant of tenants) {
      const version = rows.find(({ name }) => name === tenant)?.version
      if (version === undefined || version === null) loaded.delete(tenant)
      else if ((await loaded.get(tenant))?.version !== version) await refresh(tenant)
    }
  }

  const subscription = await platform.listen(PUBLISHED_CHANNEL, (tenant) => {
    if (loaded.has(tenant)) refresh(tenant).catch(onError)
  })
  const timer = setInterval(() => void recheck().catch(onError), recheckMs)
  timer.unref()

  return {
    async current(tenant) {
      const known = loaded.get(tenant)
      if (known !== undefined) return (await known).model
      return (await refresh(tenant)).model
    },
    onActivated(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    refresh: async (tenant) => (await refresh(tenant)).model,
    async close() {
      clearInterval(timer)
      listeners.clear()
      await subscription.unlisten()
    },
  }
}

export interface StoreOptions {
  readonly recheckMs?: number
  /** Told when a published version cannot be loaded; the one before goes on being served. */
  readonly onError?: (error: unknown) => void
}
