import type { Sql, Transaction } from './sql.ts'

type Work = (transaction: Transaction) => unknown

/**
 * Lets the transactions of a pool end with their work, and with their connection. The driver (postgres.js 3.4.9) sends
 * the end of a transaction or savepoint when its work has resolved or failed: what is still sent then, by a part of the
 * work that nobody waited for or that went on when another had failed, takes effect behind the end, and stays. And it fails
 * `begin` when the connection is lost, but the work goes on: what it still sends goes to a socket that is gone, which
 * ends the process, or, once the pool has connected again, into another transaction or none at all. Here such statements
 * are refused.
 */
export function endWithConnection(sql: Sql): Sql {
  const begin = sql.begin.bind(sql) as (options: string, work: Work) => Promise<unknown>
  const guarded = async (...[first, second]: [string, Work] | [Work]) => {
    const [options, work] = typeof first === 'string' ? [first, second as Work] : ['', first]
    let isBegun = false
    const once = () =>
      run(begin, options, (transaction) => {
        isBegun = true
        return work(transaction)
      })
    try {
      return await once()
    } catch (error) {
      // The first statement of a new connection may be told why the one before it was lost. Nothing has been done yet.
      if (isBegun || !isLoss(error)) throw error
      return once()
    }
  }
  return Object.assign(sql, { begin: guarded })
}

async function run(
  begin: (options: string, work: Work) => Promise<unknown>,
  options: string,
  work: Work,
): Promise<unknown> {
  const end = new End()
  try {
    return await begin(options, (transaction) =>
      untilEnd(end, () => work(guardedTransaction(transaction, end))),
    )
  } catch (error) {
    end.come(error)
    throw error
  }
}

/** When nothing more may be sent in a transaction, or in a savepoint of it, and why. */
class End {
  hasCome = false
  /** Whether the connection is gone, so that nothing that was sent is answered any more. */
  isLost = false
  readonly came: Promise<never>
  readonly outer: End | undefined
  readonly inner = new Set<End>()
  readonly #reject: (reason: unknown) => void

  constructor(outer?: End) {
    const { promise, reject } = Promise.withResolvers<never>()
    this.came = promise
    this.#reject = reject
    this.outer = outer
    outer?.inner.add(this)
    // Nobody has to wait for it.
    promise.catch(() => undefined)
  }

  come(reason: unknown): void {
    this.hasCome = true
    this.isLost ||= isLoss(reason)
    this.#reject(reason)
    this.outer?.inner.delete(this)
    for (const inner of this.inner) inner.come(reason)
  }

  /** The connection is lost, and all that was at work on it. */
  comeForAll(reason: unknown): void {
    if (this.outer === undefined) this.come(reason)
    else this.outer.comeForAll(reason)
  }
}

/**
 * Nothing is sent any more once the driver learns how the work ended. Once the connection is lost, it must not learn it:
 * it would send a rollback.
 */
function untilEnd<T>(end: End, work: () => T | PromiseLike<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    void (async () => {
      try {
        const result = await work()
        if (!end.hasCome) resolve(result)
      } catch (error) {
        if (!end.hasCome) reject(error as Error)
      } finally {
        end.come(new Error('The transaction has ended; nothing more can be done in it.'))
      }
    })()
  })
}

function guardedTransaction(transaction: Transaction, end: End): Transaction {
  const savepoint = transaction.savepoint.bind(transaction) as (name: string | Work, work?: Work) => unknown
  const guarded = (work: Work) => (transactionInside: Transaction) => {
    const inside = new End(end)
    return untilEnd(inside, () => work(guardedTransaction(transactionInside, inside)))
  }
  return new Proxy(transaction, {
    apply: (target, self, values) => guardedStatement(Reflect.apply(target, self, values), end),
    get(target, name) {
      if (name === 'unsafe')
        return (...values: Parameters<Transaction['unsafe']>) =>
          guardedStatement(target.unsafe(...values), end)
      if (name === 'savepoint')
        return (...[first, second]: [string, Work] | [Work]) =>
          end.hasCome
            ? end.came
            : Promise.race([
                typeof first === 'string'
                  ? savepoint(first, guarded(second as Work))
                  : savepoint(guarded(first)),
                end.came,
              ])
      return Reflect.get(target, name) as unknown
    },
  })
}

/**
 * A statement is sent when somebody waits for it: then it is refused, or watched before anybody else hears of it. One that
 * was sent before the end is answered behind it as well.
 */
function guardedStatement<T>(statement: T, end: End): T {
  if (!(statement instanceof Promise)) return statement
  const send = statement.then.bind(statement) as Promise<unknown>['then']
  let isWatched = false
  const then: Promise<unknown>['then'] = (onFulfilled, onRejected) => {
    if (end.isLost || (end.hasCome && !isWatched)) return end.came.then(onFulfilled, onRejected)
    if (!isWatched) {
      isWatched = true
      void send(undefined, (error: unknown) => {
        if (isLoss(error)) end.comeForAll(error)
      })
    }
    return send(onFulfilled, onRejected)
  }
  return Object.assign(statement, { then })
}

/**
 * Whether an error says that the connection is gone. Those of the driver and of the system carry `errno`; 57P01 to 57P03
 * come from a server that stops or starts.
 */
export function isLoss(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  return 'errno' in error || /^57P0[123]$/.test(String((error as { code?: string }).code))
}
