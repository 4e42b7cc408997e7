import type { SequenceModel } from '../../definitions/model/model.ts'
import type { UnitOfWork } from '../unit-of-work.ts'

const blockSize = 20

interface Block {
  next: number
  end: number
}

/** Numbers taken ahead by this node, by tenant, sequence and period; those left at its end become gaps. */
const blocks = new Map<string, Promise<Block>>()

/**
 * Draws the next number of a sequence. Gapless: counted in the caller's transaction, so others wait for its end and
 * a rollback gives the number back. Otherwise taken in blocks outside of the transaction: fast, with gaps.
 */
export async function drawNumber(unit: UnitOfWork, sequence: SequenceModel): Promise<string> {
  const parts = dateParts(unit)
  const period =
    sequence.restart === 'never'
      ? ''
      : sequence.restart === 'year'
        ? parts.year
        : `${parts.year}-${parts.month}`
  const number = sequence.isGapless
    ? await take({ unit, sequence, period, count: 1, isInTransaction: true })
    : await fromBlock(unit, sequence, period)
  return sequence.format.replace(
    /\{(year|month|day|number)(?::(\d+))?\}/g,
    (_, name: string, width?: string) =>
      name === 'number'
        ? String(number).padStart(Number(width ?? 0), '0')
        : parts[name as keyof typeof parts],
  )
}

async function fromBlock(unit: UnitOfWork, sequence: SequenceModel, period: string): Promise<number> {
  const key = JSON.stringify([
    unit.tenant,
    sequence.name,
    period,
    unit.pool.options.host,
    unit.pool.options.database,
  ])
  for (;;) {
    let pending = blocks.get(key)
    if (pending === undefined) {
      pending = take({ unit, sequence, period, count: blockSize, isInTransaction: false }).then((last) => ({
        next: last - blockSize + 1,
        end: last,
      }))
      blocks.set(key, pending)
      pending.catch(() => blocks.delete(key))
    }
    const block = await pending
    if (block.next <= block.end) return block.next++
    if (blocks.get(key) === pending) blocks.delete(key)
  }
}

/** Adds `count` to the counter and gives its new value: the last of the numbers taken. */
async function take(options: {
  unit: UnitOfWork
  sequence: SequenceModel
  period: string
  count: number
  isInTransaction: boolean
}): Promise<number> {
  const { unit, sequence, period, count } = options
  const sql = options.isInTransaction ? unit.sql : unit.pool
  const first = sequence.start + count - 1
  const [row] = await sql.unsafe(
    `insert into _sequence (name, period, value) values ($1::text, $2::text, $3::bigint)
     on conflict (name, period) do update set value = _sequence.value + $4::bigint returning value`,
    [sequence.name, period, first, count],
    { prepare: true },
  )
  return Number((row as unknown as { value: number | string }).value)
}

function dateParts(unit: UnitOfWork): { year: string; month: string; day: string } {
  const formatted = new Intl.DateTimeFormat('en-CA', { timeZone: unit.moment.timeZone }).format(
    unit.moment.now,
  )
  const [year = '', month = '', day = ''] = formatted.split('-')
  return { year, month, day }
}
