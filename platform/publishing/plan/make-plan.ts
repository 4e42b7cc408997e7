import type { Queryable } from '../../database/index.ts'
import type { Publication } from '../apply/publication.ts'
import { asFound } from '../catalog/as-found.ts'
import { findDrift } from '../catalog/drift.ts'
import { readCatalog } from '../catalog/read-catalog.ts'
import { emptySpec } from '../spec/schema-spec.ts'
import { activeVersion, nextNumber } from '../versions/versions.ts'
import { countSteps } from './count-steps.ts'
import { diff } from './diff.ts'
import { migrationPlans } from './migration-plans.ts'
import type { Plan } from './plan.ts'
import { processChanges } from './process-changes.ts'
import { renamesOf } from './renames.ts'
import { readFacts } from './read-facts.ts'
import { strandedInstances, unfitRestVersions } from './stranded-instances.ts'

/** Plans the way from what is published to a publication. Reads only. */
export async function makePlan(
  sql: Queryable,
  { tenant, publication, isRepair = false }: { tenant: string; publication: Publication; isRepair?: boolean },
): Promise<Plan> {
  const desired = publication.spec
  const { schema } = desired
  const active = await activeVersion(sql, tenant)
  const version = await nextNumber(sql, tenant)
  const catalog = await readCatalog(sql, schema)
  const published = active?.plan.spec ?? emptySpec(schema)
  const current = asFound(published, catalog, { isRepair })
  const facts = await readFacts(sql, { schema, spec: current, catalog, version })
  const renames = renamesOf(current, desired, facts)
  const difference = diff({ current, desired, facts })
  const drift = findDrift(published, catalog)
  const isBlocked = !isRepair && drift.some(({ effect }) => effect === 'blocks')
  // Queries on tables that are not as expected could not be answered.
  const counted = isBlocked
    ? { steps: [...difference.steps], refusals: [] }
    : await countSteps(sql, { schema, steps: difference.steps })
  const hasPast = !isBlocked && active !== undefined
  const stranded = hasPast ? await strandedInstances(sql, { publication, renames }) : []
  const taken = hasPast ? await migrationPlans(sql, { publication }) : { migrations: [], refusals: [] }
  const unfit = hasPast ? await unfitRestVersions(sql, { publication, renames }) : []
  return {
    tenant,
    from: active?.number,
    to: version,
    hash: publication.hash,
    isSame: active?.hash === publication.hash,
    steps: [...counted.steps, ...stranded],
    refusals: [...difference.refusals, ...counted.refusals, ...taken.refusals, ...unfit],
    drift,
    processes: await processChanges(sql, { publication, before: published.processes }),
    migrations: taken.migrations,
    renames,
  }
}
