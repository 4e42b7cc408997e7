import { schemaOf, type Database, type Queryable } from '../../database/index.ts'
import type { Model } from '../../definitions/model/model.ts'
import { findDrift } from '../catalog/drift.ts'
import { readCatalog } from '../catalog/read-catalog.ts'
import type { SchemaSpec } from '../spec/schema-spec.ts'
import { modelOfVersion } from '../versions/version-model.ts'
import { activeVersion } from '../versions/versions.ts'
import type { PluginVocabulary } from '../../definitions/index.ts'
import { differencesIn, type Comparison } from './comparison.ts'
import { computedComparisons } from './computed-values.ts'
import { lifecycleComparisons } from './lifecycles.ts'
import { referenceComparisons } from './references.ts'

/** Something that is not as it should be. */
export interface Difference {
  readonly kind: 'schema' | 'rollup' | 'generated' | 'reference' | 'process' | 'choice'
  readonly subject: string
  readonly message: string
  /** How many records are concerned, and some of their ids. */
  readonly count?: number
  readonly examples?: readonly string[]
}

export interface Verification {
  readonly tenant: string
  readonly version: number
  /** How many comparisons were made, by kind. */
  readonly compared: Readonly<Record<Difference['kind'], number>>
  readonly differences: readonly Difference[]
}

/**
 * Compares a tenant's database with its published version: the schema with the Model, roll-ups and generated
 * values with what they compute to, references, and records with the processes that govern them. Reads only.
 * @throws when nothing has been published to the tenant
 */
export async function verifyTenant({
  database,
  tenant,
  plugins,
}: {
  database: Database
  tenant: string
  plugins?: PluginVocabulary
}): Promise<Verification> {
  const active = await activeVersion(database.platform, tenant)
  if (active === undefined) throw new Error(`Nothing has been published to the tenant "${tenant}".`)
  const model = modelOfVersion({ tenant, ...active, plugins })
  const { spec } = active.plan
  const schema = schemaOf(tenant)
  return (await database.platform.begin('isolation level repeatable read read only', async (sql) => {
    await sql`set local statement_timeout = 0`
    const drift = findDrift(spec, await readCatalog(sql, schema))
    const isBroken = drift.some(({ effect }) => effect === 'blocks')
    const comparisons = isBroken ? [] : comparisonsOf(model, spec)
    const found = await compare(sql, comparisons)
    return {
      tenant,
      version: active.number,
      compared: count(comparisons, Object.keys(spec.objects).length),
      differences: [
        ...drift.map(({ subject, message }) => ({ kind: 'schema' as const, subject, message })),
        ...found,
      ],
    }
  })) as Verification
}

function comparisonsOf(model: Model, spec: SchemaSpec): Comparison[] {
  return [...computedComparisons(spec), ...referenceComparisons(spec), ...lifecycleComparisons(model, spec)]
}

async function compare(sql: Queryable, comparisons: readonly Comparison[]): Promise<Difference[]> {
  const differences: Difference[] = []
  for (const comparison of comparisons) differences.push(...(await differencesIn(sql, comparison)))
  return differences
}

function count(comparisons: readonly Comparison[], tables: number): Verification['compared'] {
  const compared = { schema: tables, rollup: 0, generated: 0, reference: 0, process: 0, choice: 0 }
  for (const { kind } of comparisons) compared[kind] += 1
  return compared
}
