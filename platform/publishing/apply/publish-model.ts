import { setTimeout as wait } from 'node:timers/promises'
import { createTenant, migrateTenant, schemaOf, type Database, type Queryable } from '../../database/index.ts'
import type { Model, ObjectModel } from '../../definitions/model/model.ts'
import { readCatalog } from '../catalog/read-catalog.ts'
import { makePlan } from '../plan/make-plan.ts'
import { isAllowed, stepsThatLose, type Plan } from '../plan/plan.ts'
import { emptySpec } from '../spec/schema-spec.ts'
import { renewRunningClocks } from '../versions/clocks.ts'
import { renewWaitingWork } from '../versions/queues.ts'
import { askForRetention } from '../versions/retention.ts'
import { armChangedTriggers } from '../versions/triggers.ts'
import { storeDefinitions } from '../versions/definitions.ts'
import { withLineage } from '../versions/lineage.ts'
import { beginMigrations } from '../versions/migrations.ts'
import { storeReleases } from '../versions/releases.ts'
import { activeVersion, schemasSince, type StoredPlan } from '../versions/versions.ts'
import { auditVersion } from './audit-version.ts'
import { PublishRefused } from './errors.ts'
import { mend } from './mend.ts'
import { publicationOf, type Publication } from './publication.ts'
import { asOnlyPublisher, type Connection } from './publish-lock.ts'
import { runPreparation, runSwitch } from './run-steps.ts'
import { noteUnsettled, settle } from './settle.ts'
import { withLockTimeout } from './with-lock-timeout.ts'

/** The channel on which nodes hear that a tenant has a new version; the payload is the tenant's name. */
export const PUBLISHED_CHANNEL = 'tessera_published'

/** How long requests that began under the version before may still write; then roll-ups are mended once more. */
const SETTLE_MS = 2_000

export interface PublishOptions {
  readonly database: Database
  readonly tenant: string
  readonly model: Model
  /** What people call the tenant, when it is made by its first version. */
  readonly label?: string
  /** Objects, fields (`opportunity.amount`) and processes (`process/…`) that may be taken away. */
  readonly allowRetire?: Iterable<string>
  /** Refuses unless this version is served: the one for which the plan was shown. */
  readonly expectedVersion?: number
  /** The Model is that of this earlier version: what was renamed since gets its name back, what was retired returns. */
  readonly backTo?: number
  /** Makes anew what is missing in the database although it was published. */
  readonly isRepair?: boolean
  readonly note?: string
  readonly publishedBy?: string
  /** Writes the searched words of all records of an object again; the write path knows how. */
  readonly fillSearch?: (object: ObjectModel, tenant: string) => Promise<void>
  /** Told what is being done. What it throws, or a process that ends in it, interrupts the publish. */
  readonly progress?: (message: string) => void | Promise<void>
  readonly settleMs?: number
}

export interface PublishResult {
  /** The version that is served now. */
  readonly version: number
  /** False where the declarations were served already and nothing had to be put right. */
  readonly isNew: boolean
  readonly plan: Plan
}

/**
 * Publishes a Model: plans under the tenant's lock, prepares without being noticed, switches schema and version in
 * one transaction, and settles what may be done afterwards. A process that dies on the way leaves the old version
 * served (or, after the switch, the new one), and the next publish clears up.
 * @throws PublishRefused when a consent is missing, a change is impossible, or the database is not as expected
 */
export async function publishModel(options: PublishOptions): Promise<PublishResult> {
  const { database, tenant } = options
  await ensureTenant(options)
  return asOnlyPublisher({ database, tenant }, async (connection) => {
    const publication = await publicationFor(connection, options)
    const plan = await planUnderLock(connection, publication, options)
    if (plan.isSame && plan.steps.length === 0) return { version: plan.from as number, isNew: false, plan }
    await carryOut(connection, publication, plan, options)
    return { version: plan.to, isNew: true, plan }
  })
}

async function ensureTenant({ database, tenant, label = tenant }: PublishOptions): Promise<void> {
  const exists = async () =>
    (await database.platform`select 1 from platform.tenant where name = ${tenant}`).length > 0
  if (await exists()) return
  try {
    await createTenant(database, { name: tenant, label })
  } catch (error) {
    // Another publish may have made it a moment ago.
    if (!(await exists())) throw error
  }
}

/** @returns what is to be published, with the trail of names where an earlier version comes back */
async function publicationFor(
  sql: Queryable,
  { tenant, model, backTo }: Pick<PublishOptions, 'tenant' | 'model' | 'backTo'>,
): Promise<Publication> {
  const publication = publicationOf(tenant, model)
  if (backTo === undefined) return publication
  return { ...publication, spec: withLineage(publication.spec, await schemasSince(sql, tenant, backTo)) }
}

async function planUnderLock(
  connection: Connection,
  publication: Publication,
  options: PublishOptions,
): Promise<Plan> {
  const { tenant, allowRetire = [], expectedVersion, isRepair = false, progress = () => undefined } = options
  const schema = schemaOf(tenant)
  await migrateTenant(options.database, tenant)
  const active = await activeVersion(connection, tenant)
  if (expectedVersion !== undefined && active?.number !== expectedVersion)
    throw new PublishRefused({
      code: 'outdated',
      message: `The plan was made for version ${expectedVersion}, but version ${active?.number ?? 'none'} is served now. Plan again.`,
    })
  await mend(connection, active?.plan.spec ?? emptySpec(schema), await readCatalog(connection, schema))
  await settle({ connection, schema, options, progress })
  const plan = await makePlan(connection, { tenant, publication, isRepair })
  refuseImpossible(plan, { consents: new Set(allowRetire), isRepair })
  return plan
}

function refuseImpossible(
  plan: Plan,
  { consents, isRepair }: { consents: Set<string>; isRepair: boolean },
): void {
  const blocking = plan.drift.filter(({ effect }) => effect === 'blocks')
  if (blocking.length > 0 && !isRepair)
    throw new PublishRefused({
      code: 'drift',
      plan,
      message:
        `The database of "${plan.tenant}" is not as version ${plan.from} left it:\n` +
        blocking.map(({ subject, message }) => `  ${subject}: ${message}`).join('\n') +
        '\nPut it back, or publish with --repair to make anew what is missing (without its values).',
    })
  if (plan.refusals.length > 0)
    throw new PublishRefused({
      code: 'impossible',
      plan,
      message: plan.refusals.map(({ message, remedy }) => `${message} ${remedy}`).join('\n'),
    })
  const missing = stepsThatLose(plan).filter((step) => !isAllowed(step, consents))
  if (missing.length > 0)
    throw new PublishRefused({
      code: 'needs_consent',
      plan,
      message: [
        'Values would get out of reach:',
        ...missing.map(
          ({ subject, valuesAtStake, loses }) => `  ${subject}: ${valuesAtStake} at stake. ${loses}`,
        ),
        `To go on, consent to each: ${missing.map(({ subject }) => `--allow-retire ${subject}`).join(' ')}`,
      ].join('\n'),
    })
}

async function carryOut(
  connection: Connection,
  publication: Publication,
  plan: Plan,
  options: PublishOptions,
): Promise<void> {
  const { tenant, progress = () => undefined, settleMs = SETTLE_MS } = options
  const { schema } = publication.spec
  const work = { connection, schema, steps: plan.steps, progress }
  try {
    await runPreparation(work)
    await progress(`Switch to version ${plan.to}`)
    await withLockTimeout(connection, async (attempt) => {
      await runSwitch(connection, { ...work, attempt })
      await noteUnsettled(connection, work)
      await progress('The changes are made, not yet committed')
      await recordVersion(connection, { tenant, publication, plan, options })
    })
  } catch (error) {
    // What was prepared goes at once instead of with the next publish; when that fails too, the next one does it.
    const spec =
      (await activeVersion(connection, tenant).catch(() => undefined))?.plan.spec ?? emptySpec(schema)
    await readCatalog(connection, schema)
      .then((catalog) => mend(connection, spec, catalog))
      .catch(() => undefined)
    throw error
  }
  await progress(`Version ${plan.to} is served`)
  if (plan.steps.some(({ phase, action }) => phase === 'settle' && action === 'fill_rollup'))
    await wait(settleMs)
  await settle({ ...work, options })
}

async function recordVersion(
  connection: Connection,
  {
    tenant,
    publication,
    plan,
    options,
  }: { tenant: string; publication: Publication; plan: Plan; options: PublishOptions },
): Promise<void> {
  const stored: StoredPlan = {
    spec: publication.spec,
    steps: plan.steps.map(({ title, class: kind, rows }) => ({
      title,
      class: kind,
      ...(rows === undefined ? {} : { rows }),
    })),
  }
  await storeDefinitions(connection, { publication, renames: plan.renames })
  await storeReleases(connection, { publication })
  await beginMigrations(connection, { tenant, publication })
  await connection`insert into platform.published_version ${connection({
    tenant,
    number: plan.to,
    hash: publication.hash,
    documents: publication.documents,
    plan: JSON.stringify(stored),
    note: options.note ?? null,
    published_by: options.publishedBy ?? null,
  })}`
  await auditVersion(connection, { tenant, publication, from: plan.from, to: plan.to, options })
  await connection`update platform.tenant set active_version = ${plan.to} where name = ${tenant}`
  await renewRunningClocks(connection, { tenant, schema: publication.spec.schema })
  await renewWaitingWork(connection, { tenant, schema: publication.spec.schema })
  await armChangedTriggers(connection, { tenant, schema: publication.spec.schema, model: options.model })
  await askForRetention(connection, { tenant, model: options.model })
  await connection`select pg_notify(${PUBLISHED_CHANNEL}, ${tenant})`
}
