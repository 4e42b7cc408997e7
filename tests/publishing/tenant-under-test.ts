import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { Database, Sql } from '../../platform/database/index.ts'
import type { Model } from '../../platform/definitions/index.ts'
import {
  publishModel,
  PublishRefused,
  type PublishOptions,
  type PublishResult,
} from '../../platform/publishing/index.ts'

/** Publishes to one tenant after the other, each with rows of its own. */
export function tenantUnderTest(database: Database) {
  let count = 0
  let tenant = ''
  const publish = (model: Model, options: Partial<PublishOptions> = {}): Promise<PublishResult> =>
    publishModel({ database, tenant, model, settleMs: 0, ...options })
  const records = (): Promise<Sql> => database.tenant(tenant)
  return {
    newTenant(): void {
      tenant = `t${count++}`
    },
    publish,
    records,

    async insert(table: string, values: Record<string, unknown>): Promise<string> {
      const sql = await records()
      const id = randomUUID()
      await sql`insert into ${sql(table)} ${sql({ id, ...values } as never)}`
      return id
    },

    async all(table: string, ...columns: string[]): Promise<unknown[]> {
      const sql = await records()
      return [...(await sql`select ${sql(columns)} from ${sql(table)} order by ${sql(columns[0] as string)}`)]
    },

    async refusal(promise: Promise<unknown>): Promise<PublishRefused> {
      const error = await promise.then(
        () => undefined,
        (thrown: unknown) => thrown,
      )
      expect(error).toBeInstanceOf(PublishRefused)
      return error as PublishRefused
    },

    /** After each change the database must be as the Model says, which a further publish finds out. */
    async expectSound(model: Model): Promise<void> {
      const { isNew, plan } = await publish(model)
      expect({ isNew, steps: plan.steps, drift: plan.drift }).toEqual({ isNew: false, steps: [], drift: [] })
    },
  }
}
