import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { freshDatabase } from '../../tests/harness/fresh-database.ts'
import { openPool, type Transaction } from './sql.ts'
import { inSavepoint, inTransaction } from './transaction.ts'

const database = await freshDatabase()
const { platform: sql } = database
await sql`create table public.counter (id int primary key, value int)`

beforeEach(async () => {
  await sql`truncate public.counter`
  await sql`insert into public.counter values (1, 0), (2, 0)`
})

const value = async (id: number) => (await sql`select value from public.counter where id = ${id}`)[0]!.value

it('commits what the work has done and gives back its result', async () => {
  const result = await inTransaction(sql, async (transaction) => {
    await transaction`update public.counter set value = 5 where id = 1`
    return 'done'
  })
  expect([result, await value(1)]).toEqual(['done', 5])
})

it('rolls back when the work throws, and passes the error on', async () => {
  const work = inTransaction(sql, async (transaction) => {
    await transaction`update public.counter set value = 5 where id = 1`
    throw new Error('changed my mind')
  })
  await expect(work).rejects.toThrow('changed my mind')
  expect(await value(1)).toBe(0)
})

it('refuses to write in a read-only transaction', async () => {
  const work = inTransaction(sql, (transaction) => transaction`update public.counter set value = 5`, {
    isReadOnly: true,
  })
  await expect(work).rejects.toMatchObject({ code: '25006' })
})

/** Adds one by reading first; two of them at once cannot both be serialized. */
async function addOneTwice(retries: number): Promise<PromiseSettledResult<unknown>[]> {
  let waiting = 2
  const { promise: bothHaveRead, resolve } = Promise.withResolvers<void>()
  const addOne = () =>
    inTransaction(
      sql,
      async (transaction) => {
        const [row] = await transaction`select value from public.counter where id = 1`
        if (--waiting === 0) resolve()
        await bothHaveRead
        await transaction`update public.counter set value = ${row!.value + 1} where id = 1`
      },
      { isolation: 'serializable', retries },
    )
  return Promise.allSettled([addOne(), addOne()])
}

it('does the work again after a serialization failure when told that it may', async () => {
  const outcomes = await addOneTwice(3)
  expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'fulfilled'])
  expect(await value(1)).toBe(2)
})

it('does not repeat the work unasked', async () => {
  const outcomes = await addOneTwice(0)
  expect(outcomes.map((outcome) => outcome.status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(await value(1)).toBe(1)
})

it('answers statements that were sent without waiting, each with its own rows', async () => {
  const results = await inTransaction(sql, (transaction) =>
    Promise.all([1, 2, 3].map((number) => transaction`select ${number}::int as number`)),
  )
  expect(results.map(([row]) => row!.number)).toEqual([1, 2, 3])
})

it('undoes everything when a statement fails that nobody waited for, and says which', async () => {
  const work = inTransaction(sql, async (transaction, later) => {
    later(transaction`update public.counter set value = 7 where id = 1`)
    later(transaction`insert into public.counter values (1, 1)`)
    later(transaction`update public.counter set value = 7 where id = 2`)
  })
  await expect(work).rejects.toMatchObject({ code: '23505' })
  expect([await value(1), await value(2)]).toEqual([0, 0])
})

it('names the failure of which the others are consequences', async () => {
  const work = inTransaction(sql, async (transaction, later) => {
    later(transaction`insert into public.counter values (1, 1)`)
    await transaction`select 1`
  })
  await expect(work).rejects.toMatchObject({ code: '23505' })
})

it('undoes a savepoint alone, also for a statement that nobody waited for', async () => {
  const outcome = await inTransaction(sql, async (transaction) => {
    await transaction`update public.counter set value = 7 where id = 1`
    const [inner] = await Promise.allSettled([
      inSavepoint(transaction, async (inside, later) => {
        later(inside`update public.counter set value = 8 where id = 2`)
        later(inside`insert into public.counter values (1, 1)`)
      }),
    ])
    return inner
  })
  expect(outcome).toMatchObject({ status: 'rejected', reason: { code: '23505' } })
  expect([await value(1), await value(2)]).toEqual([7, 0])
})

describe('when the connection is lost', () => {
  /** A pool of one connection, so that whatever comes next has to use it again. */
  const single = openPool({ url: database.url, name: 'single', size: 1 })
  afterAll(() => single.end())

  const backendOf = async (transaction: Transaction) =>
    (await transaction<{ pid: number }[]>`select pg_backend_pid() as pid`)[0]!.pid
  const cut = (pid: number) => sql`select pg_terminate_backend(${pid}, 5000)`

  it('during a statement, the transaction fails, nothing of it stays, and the pool goes on', async () => {
    const work = inTransaction(single, async (transaction, later) => {
      later(transaction`update public.counter set value = 7 where id = 1`)
      const pid = await backendOf(transaction)
      const sleeping = transaction`select pg_sleep(20)`
      later(sleeping)
      later(transaction`update public.counter set value = 7 where id = 2`)
      void wait(50).then(() => cut(pid))
      await sleeping
    })
    await expect(work).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' })
    expect([await value(1), await value(2)]).toEqual([0, 0])
    await inTransaction(
      single,
      (transaction) => transaction`update public.counter set value = 1 where id = 1`,
    )
    expect(await value(1)).toBe(1)
  })

  it('between two statements, what the work still sends gets into no other transaction', async () => {
    const { promise: isCut, resolve: goOn } = Promise.withResolvers<void>()
    const tried: unknown[] = []
    let pid = 0
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
    const { promise: triedAll, resolve: end } = Promise.withResolvers<void>()
    const work = inTransaction(single, async (transaction, later) => {
      await transaction`update public.counter set value = 7 where id = 1`
      pid = await backendOf(transaction)
      begin()
      await isCut
      const late = [
        transaction`update public.counter set value = 8 where id = 1`,
        transaction.unsafe('update public.counter set value = $1 where id = 2', [8]),
        inSavepoint(transaction, (inner) => inner`update public.counter set value = 9 where id = 2`),
      ]
      for (const statement of late) later(statement)
      tried.push(...(await Promise.allSettled(late)).map(({ status }) => status))
      end()
    })
    const failing = expect(work).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' })
    await begun
    await cut(pid)
    await failing
    await inTransaction(single, async (transaction) => {
      await transaction`update public.counter set value = 5 where id = 2`
      goOn()
      await triedAll
    })
    expect(tried).toEqual(['rejected', 'rejected', 'rejected'])
    expect([await value(1), await value(2)]).toEqual([0, 5])
  })
})

describe('when one of several who work at the same time fails', () => {
  /** Reads for a while, on and on, and then writes. */
  async function write(transaction: Transaction, reads: number): Promise<void> {
    for (let read = 0; read < reads; read++) await transaction`select 1`
    await transaction`update public.counter set value = 9 where id = 1`
  }

  async function fail(transaction: Transaction): Promise<never> {
    await transaction`select 1`
    throw new Error('changed my mind')
  }

  const manyReads = Array.from({ length: 8 }, (_, reads) => reads)

  it.each(manyReads)('nothing stays of what another writes after %i reads', async (reads) => {
    const writing: Promise<void>[] = []
    const work = inTransaction(sql, async (transaction) => {
      writing.push(write(transaction, reads))
      await Promise.all([fail(transaction), ...writing])
    })
    await expect(work).rejects.toThrow('changed my mind')
    await Promise.allSettled(writing)
    expect(await value(1)).toBe(0)
  })

  it.each(manyReads)('in a savepoint, nothing stays of what another writes after %i reads', async (reads) => {
    const writing: Promise<void>[] = []
    await inTransaction(sql, async (transaction) => {
      const part = inSavepoint(transaction, async (inside) => {
        writing.push(write(inside, reads))
        await Promise.all([fail(inside), ...writing])
      })
      await expect(part).rejects.toThrow('changed my mind')
      await Promise.allSettled(writing)
      await transaction`update public.counter set value = 7 where id = 2`
    })
    expect([await value(1), await value(2)]).toEqual([0, 7])
  })
})

it('refuses what is sent after the commit', async () => {
  let kept: Transaction | undefined
  await inTransaction(sql, (transaction) => {
    kept = transaction
    return transaction`select 1`
  })
  await expect((async () => kept!`update public.counter set value = 9`)()).rejects.toThrow('has ended')
  expect(await value(1)).toBe(0)
})
