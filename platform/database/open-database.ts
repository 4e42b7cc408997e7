import { startEmbedded, type EmbeddedServer } from './embedded/start-embedded.ts'
import { openKeyring, type Secrets } from './secrets/keyring.ts'
import { findKeys, type KeySource } from './secrets/secret-keys.ts'
import { secretPlace } from './secrets/stored-secrets.ts'
import { openPool, type Sql } from './sql.ts'

/** One PostgreSQL database: the platform's schema and those of the tenants. */
export interface Database {
  /** Connection string of the platform's role. */
  readonly url: string
  /** Lines for the person at the terminal. */
  readonly notices: readonly string[]
  /** The pool of the platform's role. No record of a tenant is read or written through it. */
  readonly platform: Sql
  /** Encrypts and decrypts what the platform's tables keep of secrets. */
  readonly secrets: Secrets
  /** The file with the keys of the secrets; undefined where they stand in the environment. */
  readonly keyFile: string | undefined
  /** Connection string of the tenant's own role. @throws when there is no such tenant */
  tenantUrl(name: string): Promise<string>
  /**
   * The pool that signs in as the tenant's own role and reaches the tenant's schema alone. Its connections
   * open when they are needed and close when they are idle.
   * @throws when there is no such tenant
   */
  tenant(name: string): Promise<Sql>
  /** Closes the pool of a tenant, when it is dropped or gets another password. */
  forgetTenant(name: string): Promise<void>
  /** Waits for what is under way, closes every connection, and leaves the embedded server. */
  close(): Promise<void>
}

/** Sizes of the pools of one process. */
export interface PoolSizes {
  readonly platform?: number
  readonly tenant?: number
}

/**
 * Opens the database at the url, or, without one, the embedded server of the project folder (started if need
 * be). Nothing is migrated.
 * @param isDurable false for an embedded server that is thrown away after its use: faster, and lost with a power cut
 * @param report told when the embedded server dies and is started again
 * @param environment says the keys of the secrets (findKeys)
 */
export async function openDatabase({
  url,
  project = process.cwd(),
  sizes = {},
  isDurable = true,
  report,
  environment = process.env,
}: {
  url?: string
  project?: string
  sizes?: PoolSizes
  isDurable?: boolean
  report?: (line: string) => void
  environment?: NodeJS.ProcessEnv
}): Promise<Database> {
  const keys = findKeys({ environment, project, isEmbedded: !url })
  const embedded = url ? undefined : await startEmbedded({ project, isDurable, report })
  return connect({ url: url ?? embedded!.url, embedded, keys, sizes })
}

function connect({
  url,
  embedded,
  keys,
  sizes,
}: {
  url: string
  embedded: EmbeddedServer | undefined
  keys: KeySource
  sizes: PoolSizes
}): Database {
  const platform = openPool({ url, name: 'tessera platform', size: sizes.platform ?? 10 })
  const secrets = openKeyring(keys.read)
  const tenants = new Map<string, Promise<Sql>>()
  const urlOf = (name: string) => tenantUrl({ platform, secrets, url, name })

  const openTenant = async (name: string) => {
    return openPool({
      url: await urlOf(name),
      name: `tessera ${name}`,
      size: sizes.tenant ?? 10,
      idleSeconds: 30,
    })
  }
  const forgetTenant = async (name: string) => {
    const pool = tenants.get(name)
    tenants.delete(name)
    await (await pool)?.end({ timeout: 5 })
  }
  return {
    url,
    notices: [...(embedded?.notices ?? []), ...keys.notices],
    platform,
    secrets,
    keyFile: keys.file,
    tenantUrl: urlOf,
    tenant(name) {
      const known = tenants.get(name)
      if (known) return known
      const pool = openTenant(name)
      tenants.set(name, pool)
      // A failure is not kept: the tenant may be made a moment later.
      pool.catch(() => tenants.delete(name))
      return pool
    },
    forgetTenant,
    async close() {
      await Promise.all([...tenants.keys()].map(forgetTenant))
      await platform.end({ timeout: 5 })
      await embedded?.release()
    },
  }
}

async function tenantUrl({
  platform,
  secrets,
  url,
  name,
}: {
  platform: Sql
  secrets: Secrets
  url: string
  name: string
}): Promise<string> {
  const [tenant] = await platform<{ role: string; password: string }[]>`
    select role_name as role, role_password as password from platform.tenant where name = ${name}`
  if (!tenant) throw new Error(`There is no tenant "${name}".`)
  const address = new URL(url)
  address.username = tenant.role
  address.password = secrets.open(tenant.password, secretPlace.rolePassword)
  return address.href
}
