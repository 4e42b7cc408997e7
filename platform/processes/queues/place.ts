import { TesseraError } from '../../access/errors.ts'
import { delayEnd } from '../../calendars/delay.ts'
import type { ObjectModel } from '../../definitions/model/model.ts'
import type { MembersModel, QueueModel, QueueRuleModel } from '../../definitions/model/queue.ts'
import type { Expression } from '../../language/types.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import { isBlank, referenceId, type RecordValues } from '../../records/values.ts'
import { recordPaths } from '../../records/write/evaluation.ts'
import { OpenedRecords } from '../steps/opened-records.ts'
import { rankOf } from './rank.ts'

/** Where a piece of work stands: the columns of its row. */
export interface Place {
  readonly queue: string
  readonly queue_rule: string
  readonly queue_definition: string
  readonly queue_rank: number
  readonly queued_at: string
  readonly overflow_at: string | null
  readonly priority: number
  readonly units: number
  readonly sticky: string | null
  readonly candidate_roles: readonly string[]
  readonly candidate_users: readonly string[]
  readonly candidate_teams: readonly string[]
}

/**
 * The place of work in a queue, as its record is now: of the queue itself, or of the one to which a rule sends it.
 * @param since when the work was made, from which it ages
 * @param queuedAt when it came into the queue, from which it may overflow
 * @throws TesseraError event_refused where there is no such queue any more
 */
export async function placeOf(
  unit: UnitOfWork,
  options: {
    queue: string
    object: ObjectModel
    /** As stored. */
    record: RecordValues
    /** The work's own priority, in place of that of the queue. */
    priority?: number | undefined
    since: Date
    queuedAt: Date
  },
): Promise<Place> {
  const { object, since, queuedAt } = options
  const opened = new OpenedRecords(unit)
  const first = queueNamed(unit, options.queue)
  const record = opened.record(object, options.record, pathsOf(unit.model.queues))
  const valueOf = (expression: Expression | undefined) =>
    expression === undefined ? null : expression.evaluate({ record }, unit.moment)
  const seen = await opened.evaluate(() => {
    const { queue, rule } = followRules(unit, first, (when) => valueOf(when) === true)
    return {
      queue,
      rule,
      priority: numberOf(valueOf(queue.priority), 0),
      units: Math.max(1, numberOf(valueOf(queue.weight), 1)),
      sticky: stickyOf(queue, { record: options.record, value: valueOf(queue.stickyBy) }),
    }
  })
  const { queue, rule, units, sticky } = seen
  const priority = Math.round(options.priority ?? seen.priority)
  const after = queue.overflow?.after
  return {
    queue: queue.name,
    queue_rule: rule?.name ?? '',
    queue_definition: queue.hash,
    queue_rank: rankOf({
      priority: options.priority ?? seen.priority,
      since: since.getTime(),
      ageing: queue.ageing,
    }),
    queued_at: queuedAt.toISOString(),
    overflow_at:
      after === undefined
        ? null
        : new Date(delayEnd(after, queuedAt.getTime(), unit.model.calendars)).toISOString(),
    priority,
    units: Math.round(units),
    sticky,
    ...(await candidatesOf(unit, rule?.members ?? queue.members)),
  }
}

/** @throws TesseraError event_refused */
function queueNamed(unit: UnitOfWork, name: string): QueueModel {
  const queue = unit.model.queues.get(name)
  if (queue === undefined)
    throw new TesseraError(
      'event_refused',
      `Work is to wait in the queue "${name}", which is not declared any more.`,
    )
  return queue
}

/** The check of the declarations makes sure that the ways between queues lead in no circle. */
function followRules(
  unit: UnitOfWork,
  queue: QueueModel,
  holds: (when: Expression) => boolean,
): { queue: QueueModel; rule: QueueRuleModel | undefined } {
  const rule = queue.rules.find(({ when }) => holds(when))
  return rule?.queue === undefined ? { queue, rule } : followRules(unit, queueNamed(unit, rule.queue), holds)
}

function stickyOf(
  { name, assignment, stickyBy }: QueueModel,
  { record, value }: { record: RecordValues; value: unknown },
): string | null {
  if (assignment !== 'sticky') return null
  const id = stickyBy === undefined ? String(record.id) : referenceId(value)
  return id === null ? null : `${name} ${id}`
}

function numberOf(value: unknown, otherwise: number): number {
  const number = isBlank(value) ? Number.NaN : Number(String(value))
  return Number.isFinite(number) ? number : otherwise
}

const noCandidates = { candidate_users: [], candidate_teams: [] } as const

async function candidatesOf(unit: UnitOfWork, { roles, teams, people }: MembersModel) {
  if (teams.length === 0 && people.length === 0) return { candidate_roles: roles, ...noCandidates }
  const [found] = (await unit.sql.unsafe(
    `select (select coalesce(array_agg(id), '{}') from team where name = any($1::text[]) and deleted_at is null) as candidate_teams,
       (select coalesce(array_agg(id), '{}') from "user" where lower(email) = any($2::text[]) and deleted_at is null) as candidate_users`,
    [teams as string[], people as string[]],
    { prepare: true },
  )) as unknown as Pick<Place, 'candidate_users' | 'candidate_teams'>[]
  return { candidate_roles: roles, ...(found ?? noCandidates) }
}

const paths = new WeakMap<ReadonlyMap<string, QueueModel>, ReturnType<typeof recordPaths>>()

/** Through which references and lines the expressions of queues go; work may go from one to another. */
function pathsOf(queues: ReadonlyMap<string, QueueModel>): ReturnType<typeof recordPaths> {
  let found = paths.get(queues)
  if (found === undefined) {
    const expressions = [...queues.values()].flatMap(({ priority, weight, stickyBy, rules }) => [
      ...[priority, weight, stickyBy],
      ...rules.map(({ when }) => when),
    ])
    found = recordPaths(expressions.filter((each) => each !== undefined))
    paths.set(queues, found)
  }
  return found
}
