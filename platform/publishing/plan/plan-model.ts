import type { Database } from '../../database/index.ts'
import type { Model } from '../../definitions/model/model.ts'
import { publicationOf } from '../apply/publication.ts'
import { makePlan } from './make-plan.ts'
import type { Plan } from './plan.ts'

/** What publishing the Model to the tenant would do. Changes nothing; the tenant need not exist yet. */
export async function planModel({
  database,
  tenant,
  model,
  isRepair = false,
}: {
  database: Pick<Database, 'platform'>
  tenant: string
  model: Model
  isRepair?: boolean
}): Promise<Plan> {
  const publication = publicationOf(tenant, model)
  return (await database.platform.begin('isolation level repeatable read read only', async (sql) => {
    await sql`set local statement_timeout = 0`
    return makePlan(sql, { tenant, publication, isRepair })
  })) as Plan
}
