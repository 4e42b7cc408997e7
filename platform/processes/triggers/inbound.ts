import { v7 as uuidv7 } from 'uuid'
import { TesseraError } from '../../access/errors.ts'
import type { InboundMoment, TriggerModel } from '../../definitions/model/trigger.ts'
import { actingAs, type UnitOfWork } from '../../records/unit-of-work.ts'
import { isSame, type RecordValues } from '../../records/values.ts'
import { timerPrincipal } from '../steps/acting.ts'
import { checkForm } from '../steps/form.ts'
import { OpenedRecords } from '../steps/opened-records.ts'
import { eventVariables } from '../steps/variables.ts'
import { askForRuns } from './runs.ts'

/** What became of something that was sent. */
export interface Received {
  readonly id: string
  /** Whether the same had been received before; nothing follows from it again. */
  readonly isRepeated: boolean
}

/**
 * Takes in what another system has sent, whose right to it has been checked: what is taken of it is checked as the form
 * of an event is, and the actions follow soon.
 * @param sent `key` is what the sender calls the same when it sends it again
 * @throws TesseraError validation with every fault; conflict where the key was used for something else
 */
export async function receive(
  unit: UnitOfWork,
  trigger: TriggerModel & { readonly on: InboundMoment },
  sent: { values: RecordValues; key: string | undefined },
): Promise<Received> {
  const { on, actor, name, object } = trigger
  const acting = actingAs(unit, timerPrincipal(unit, actor))
  const opened = new OpenedRecords(acting)
  const values = await checkForm(acting, {
    form: on.form,
    values: Object.fromEntries([...on.members].map(([name, path]) => [name, memberAt(sent.values, path)])),
    record: {},
    opened,
  })
  const event = eventVariables(opened, { process: actor, form: on.form, values })
  const declared = await opened.evaluate(() => on.onceBy?.evaluate({ event }, unit.moment))
  const key = textOf(declared) ?? sent.key ?? null
  const id = uuidv7()
  const seen = { event: values }
  const [row] = (await unit.sql.unsafe(
    `insert into _trigger_run (id, trigger, object, kind, key, status, due_at, batch, seen, created_at)
     values ($1::uuid, $2::text, $3::text, 'inbound', $4::text, 'pending', $5::timestamptz, $1::uuid, $6::jsonb, $5::timestamptz)
     on conflict (trigger, key) where key is not null do nothing returning id`,
    [id, name, object, key, unit.moment.now.toISOString(), seen as never],
    { prepare: true },
  )) as unknown as { id: string }[]
  if (row === undefined) return { id: await repeated(unit, { name, key, values }), isRepeated: true }
  await askForRuns(unit, { batch: id })
  return { id, isRepeated: false }
}

async function repeated(
  unit: UnitOfWork,
  { name, key, values }: { name: string; key: string | null; values: RecordValues },
): Promise<string> {
  const [row] = (await unit.sql.unsafe(
    'select id, seen from _trigger_run where trigger = $1::text and key = $2::text',
    [name, key],
    { prepare: true },
  )) as unknown as { id: string; seen: { event?: RecordValues } }[]
  if (row !== undefined && isSame(row.seen.event, values)) return row.id
  throw new TesseraError('conflict', `Something else was received under the key "${key}" before.`)
}

function memberAt(body: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, name)
        ? (value as Readonly<Record<string, unknown>>)[name]
        : null,
    body,
  )
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, 500) : undefined
}
