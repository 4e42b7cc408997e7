import { sql } from 'drizzle-orm'
import {
  bigint,
  customType,
  doublePrecision,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
  type AnyPgColumn,
} from 'drizzle-orm/pg-core'

/**
 * The platform's tables inside the schema of each tenant. The leading underscore keeps them apart from the
 * tables of business objects, whose names begin with a letter.
 */

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })
const now = sql`now()`
const bytea = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' })

/** History of every record; rows are added and never changed. */
export const change = pgTable(
  '_change',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    object: text('object').notNull(),
    record: uuid('record').notNull(),
    version: integer('version').notNull(),
    at: moment('at').notNull().default(now),
    by: uuid('by'),
    action: text('action').notNull(),
    changes: jsonb('changes').notNull().default({}),
    cause: jsonb('cause'),
  },
  (table) => [index('_change_record').on(table.object, table.record, table.id)],
)

/**
 * What matters to security and privacy; rows are added and never changed. Number and hash are given when the
 * transaction commits (`_audit_seal`), so that writers wait for each other only then.
 */
export const audit = pgTable(
  '_audit',
  {
    id: uuid('id').primaryKey(),
    /** Without gaps, in the order of the commits. */
    number: bigint('number', { mode: 'number' }),
    at: moment('at').notNull(),
    /** person, process, plugin. */
    actorKind: text('actor_kind').notNull(),
    actor: uuid('actor'),
    actorName: text('actor_name').notNull(),
    /** The API key that was used. */
    key: uuid('key'),
    /** Who acted in the place of the actor. */
    impersonator: uuid('impersonator'),
    impersonatorName: text('impersonator_name'),
    action: text('action').notNull(),
    object: text('object'),
    record: uuid('record'),
    detail: jsonb('detail').notNull().default({}),
    address: text('address'),
    /** Over the hash of the row before and all values; see platform/audit/seal.ts. */
    hash: text('hash'),
  },
  (table) => [
    uniqueIndex('_audit_number').on(table.number),
    index('_audit_at').on(table.at),
    index('_audit_actor').on(table.actor, table.number),
    index('_audit_record').on(table.record, table.number),
    index('_audit_action').on(table.action, table.number),
  ],
)

/**
 * Erasures of personal data, with the report of what was erased and what was kept. While one is running, it alone opens
 * the logs of its records (`_erase_history`, `_erase_logs`).
 */
export const erasure = pgTable(
  '_erasure',
  {
    id: uuid('id').primaryKey(),
    object: text('object').notNull(),
    record: uuid('record').notNull(),
    /** request, retention. */
    reason: text('reason').notNull(),
    /** running, done. */
    status: text('status').notNull(),
    /** The records that it is about, by object. */
    records: jsonb('records').notNull(),
    /** What was erased and kept, without the data. */
    report: jsonb('report'),
    by: uuid('by'),
    at: moment('at').notNull(),
  },
  (table) => [index('_erasure_record').on(table.object, table.record, table.at)],
)

export const sequence = pgTable(
  '_sequence',
  {
    name: text('name').notNull(),
    /** The year or month in which the series counts; empty for one that never starts anew. */
    period: text('period').notNull().default(''),
    value: bigint('value', { mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.name, table.period] })],
)

/** Every version of a process that an instance may still live on, by content hash. */
export const processDefinition = pgTable('_process_definition', {
  hash: text('hash').primaryKey(),
  name: text('name').notNull(),
  document: text('document').notNull(),
  /** What the objects and fields that the document names are called today: `{objects, fields}`. */
  names: jsonb('names').notNull().default({ objects: {}, fields: {} }),
  createdAt: moment('created_at').notNull().default(now),
})

/** With which version of a process new records begin: the published one, or for the rest the one that was for all before. */
export const processRelease = pgTable('_process_release', {
  process: text('process').primaryKey(),
  /** The published version. */
  definition: text('definition').notNull(),
  /** The version for records for which the published one is not meant; the same where it is for all. */
  forTheRest: text('for_the_rest').notNull(),
  /** When the published version is for all, where its release says no more than that. */
  forAllFrom: moment('for_all_from'),
})

/** A version that takes over what lives on earlier versions of its process. */
export const processMigration = pgTable(
  '_process_migration',
  {
    id: uuid('id').primaryKey(),
    process: text('process').notNull(),
    definition: text('definition').notNull(),
    /** waiting, running, done; overtaken where another version was published before it was done. */
    status: text('status').notNull(),
    createdAt: moment('created_at').notNull().default(now),
    finishedAt: moment('finished_at'),
    moved: integer('moved').notNull().default(0),
    refused: integer('refused').notNull().default(0),
  },
  (table) => [index('_process_migration_process').on(table.process, table.createdAt)],
)

/** What could not be taken over, and why; it lives on in its version. */
export const processMigrationRefusal = pgTable(
  '_process_migration_refusal',
  {
    migration: uuid('migration')
      .notNull()
      .references(() => processMigration.id, { onDelete: 'cascade' }),
    instance: uuid('instance').notNull(),
    code: text('code').notNull(),
    reason: text('reason').notNull(),
    at: moment('at').notNull().default(now),
  },
  (table) => [primaryKey({ columns: [table.migration, table.instance] })],
)

export const instance = pgTable(
  '_instance',
  {
    id: uuid('id').primaryKey(),
    process: text('process').notNull(),
    definition: text('definition')
      .notNull()
      .references(() => processDefinition.hash),
    object: text('object'),
    record: uuid('record'),
    status: text('status').notNull(),
    /** The machine's persisted snapshot, as text because the order of its keys counts. */
    snapshot: text('snapshot').notNull(),
    states: text('states').array().notNull().default([]),
    step: integer('step').notNull().default(0),
    startedAt: moment('started_at').notNull().default(now),
    updatedAt: moment('updated_at').notNull().default(now),
    endedAt: moment('ended_at'),
  },
  (table) => [
    index('_instance_record').on(table.object, table.record),
    index('_instance_definition').on(table.definition),
    index('_instance_live')
      .on(table.process, table.id)
      .where(sql`status = 'active'`),
  ],
)

const instanceId = () => uuid('instance').references(() => instance.id, { onDelete: 'cascade' })

/** What happened in an instance; rows are added and never changed. */
export const step = pgTable(
  '_step',
  {
    instance: instanceId().notNull(),
    number: integer('number').notNull(),
    at: moment('at').notNull().default(now),
    by: uuid('by'),
    event: text('event').notNull(),
    payload: jsonb('payload'),
    transitions: jsonb('transitions').notNull().default([]),
    states: text('states').array().notNull().default([]),
    /** What made the step: `{kind, id}`; empty for steps from before it was recorded. */
    cause: jsonb('cause'),
  },
  (table) => [primaryKey({ columns: [table.instance, table.number] })],
)

/** What a state has invoked beside people's work: parts, other records' processes, waits, actions of plugins. */
export const invocation = pgTable(
  '_invocation',
  {
    /** Its token: what comes to an end is this one entering of the state, no earlier or later one. */
    id: uuid('id').primaryKey(),
    instance: instanceId().notNull(),
    invocation: text('invocation').notNull(),
    actor: text('actor').notNull(),
    /** The record that is watched, or whose process is waited for. */
    object: text('object'),
    record: uuid('record'),
    /** The process that is waited for. */
    child: uuid('child').references(() => instance.id, { onDelete: 'cascade' }),
    /** What the actor was given. */
    input: jsonb('input'),
    /** open; ended: its result is on its way to the process; done, failed; closed: the state was left before. */
    status: text('status').notNull(),
    /** `{"output": …}` or `{"error": {"code", "message"}}`. */
    result: jsonb('result'),
    createdAt: moment('created_at').notNull().default(now),
    endedAt: moment('ended_at'),
  },
  (table) => [
    index('_invocation_instance').on(table.instance),
    index('_invocation_child')
      .on(table.child)
      .where(sql`status = 'open'`),
    index('_invocation_watched')
      .on(table.record)
      .where(sql`status = 'open' and actor = 'wait_for'`),
  ],
)

export const timer = pgTable(
  '_timer',
  {
    id: uuid('id').primaryKey(),
    instance: instanceId().notNull(),
    eventId: text('event_id').notNull(),
    token: uuid('token').notNull(),
    dueAt: moment('due_at').notNull(),
    status: text('status').notNull(),
    createdAt: moment('created_at').notNull().default(now),
    /** How often its job has failed and why; the moment when it was given up. */
    attempts: integer('attempts').notNull().default(0),
    lastError: text('last_error'),
    failedAt: moment('failed_at'),
  },
  (table) => [
    // With the status: else, before there are statistics, all that are pending are read from _timer_due as well.
    index('_timer_instance').on(table.instance, table.status),
    index('_timer_failing')
      .on(table.instance)
      .where(sql`status = 'pending' and last_error is not null`),
    index('_timer_due')
      .on(table.dueAt)
      .where(sql`status = 'pending'`),
  ],
)

/** An approval in levels; what its approvers have to do are work items. */
export const approval = pgTable(
  '_approval',
  {
    id: uuid('id').primaryKey(),
    instance: instanceId().notNull(),
    invocation: text('invocation').notNull(),
    object: text('object').notNull(),
    record: uuid('record').notNull(),
    title: jsonb('title').notNull(),
    requestedBy: uuid('requested_by'),
    /** running, approved, rejected, returned, withdrawn; closed where the process left the state by another way. */
    status: text('status').notNull(),
    /** What was settled when it began and stays so. */
    plan: jsonb('plan').notNull(),
    /** The levels with their seats and votes. */
    course: jsonb('course').notNull(),
    /** The level that is open, and when its time, or that of the whole, is over. */
    level: text('level'),
    dueAt: moment('due_at'),
    startedAt: moment('started_at').notNull().default(now),
    endedAt: moment('ended_at'),
  },
  (table) => [
    index('_approval_record').on(table.object, table.record),
    index('_approval_instance').on(table.instance, table.invocation),
  ],
)

export const workItem = pgTable(
  '_work_item',
  {
    id: uuid('id').primaryKey(),
    kind: text('kind').notNull(),
    instance: instanceId(),
    invocation: text('invocation'),
    token: uuid('token'),
    object: text('object'),
    record: uuid('record'),
    title: jsonb('title').notNull(),
    assignee: uuid('assignee'),
    candidateRoles: text('candidate_roles').array().notNull().default([]),
    candidateUsers: uuid('candidate_users').array().notNull().default([]),
    /** Of work in a queue: who may have it, beside roles and people. */
    candidateTeams: uuid('candidate_teams').array().notNull().default([]),
    dueAt: moment('due_at'),
    priority: integer('priority').notNull().default(0),
    /** The queue in which it waits or waited, and the rule that placed it there. */
    queue: text('queue'),
    queueRule: text('queue_rule').notNull().default(''),
    /** Hash of the queue under which it was placed. */
    queueDefinition: text('queue_definition'),
    /** Its place in the queue, lowest first; see platform/processes/queues/rank.ts. */
    queueRank: doublePrecision('queue_rank'),
    queuedAt: moment('queued_at'),
    /** When it goes to another queue if nobody has it by then. */
    overflowAt: moment('overflow_at'),
    /** Units of a person's capacity. */
    units: integer('units').notNull().default(1),
    /** By what the same person gets it again. */
    sticky: text('sticky'),
    /** When something is done next about its being late, and what has been done. */
    overdueAt: moment('overdue_at'),
    overdueDone: text('overdue_done').array().notNull().default([]),
    form: jsonb('form'),
    status: text('status').notNull(),
    /** Who gave the work to the assignee for an answer; it comes back to them. */
    delegatedBy: uuid('delegated_by'),
    /** The work that this one was added to, whether it comes before or after it, and who added it. */
    parent: uuid('parent').references((): AnyPgColumn => workItem.id, { onDelete: 'cascade' }),
    place: text('place'),
    addedBy: uuid('added_by'),
    /** The approval in levels of which this is a part, and the seat there. */
    approval: uuid('approval').references(() => approval.id, { onDelete: 'cascade' }),
    seat: text('seat'),
    outcome: text('outcome'),
    result: jsonb('result'),
    claimedAt: moment('claimed_at'),
    completedBy: uuid('completed_by'),
    completedAt: moment('completed_at'),
    createdAt: moment('created_at').notNull().default(now),
    version: integer('version').notNull().default(1),
  },
  (table) => [
    // Open means not completed: the status words belong to the processes. Work that nobody has is found by role alone.
    index('_work_item_assignee')
      .on(table.assignee, table.dueAt)
      .where(sql`completed_at is null and assignee is not null`),
    index('_work_item_roles')
      .using('gin', table.candidateRoles)
      .where(sql`completed_at is null and assignee is null and queue is null`),
    // The next one of a queue; what the rule admits is told by the index alone.
    index('_work_item_queue')
      .on(table.queue, table.queueRank, table.id, table.queueRule)
      .where(sql`status = 'open' and assignee is null and queue is not null`),
    index('_work_item_sticky')
      .on(table.sticky, table.claimedAt)
      .where(sql`sticky is not null and claimed_at is not null`),
    index('_work_item_delegated')
      .on(table.delegatedBy)
      .where(sql`completed_at is null and delegated_by is not null`),
    index('_work_item_parent')
      .on(table.parent)
      .where(sql`parent is not null`),
    index('_work_item_approval')
      .on(table.approval)
      .where(sql`approval is not null`),
    index('_work_item_due')
      .on(table.dueAt)
      .where(sql`completed_at is null and due_at is not null`),
    index('_work_item_record').on(table.object, table.record),
    index('_work_item_instance').on(table.instance),
  ],
)

/** Every act on work; rows are added and never changed. */
export const workEvent = pgTable(
  '_work_event',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    item: uuid('item')
      .notNull()
      .references(() => workItem.id, { onDelete: 'cascade' }),
    at: moment('at').notNull().default(now),
    /** Who acted; empty for the process itself. */
    by: uuid('by'),
    /** Whom a substitute stood in for. */
    onBehalfOf: uuid('on_behalf_of'),
    act: text('act').notNull(),
    from: uuid('from_user'),
    to: uuid('to_user'),
    comment: text('comment'),
    /** What was changed beside the people: `{"due_at": [before, after]}`. */
    detail: jsonb('detail'),
  },
  (table) => [index('_work_event_item').on(table.item, table.id)],
)

/** A file that somebody attached to a record, to the work on it where `work_item` is there. */
export const attachment = pgTable(
  '_attachment',
  {
    id: uuid('id').primaryKey(),
    object: text('object').notNull(),
    record: uuid('record').notNull(),
    workItem: uuid('work_item').references(() => workItem.id, { onDelete: 'set null' }),
    fileName: text('file_name').notNull(),
    mediaType: text('media_type').notNull(),
    size: bigint('size', { mode: 'number' }).notNull(),
    /** Hexadecimal. */
    sha256: text('sha256').notNull(),
    by: uuid('by'),
    at: moment('at').notNull().default(now),
    /** Who took it away; it can be brought back until the worker removes the row with its bytes. */
    removedBy: uuid('removed_by'),
    removedAt: moment('removed_at'),
  },
  (table) => [
    index('_attachment_record')
      .on(table.object, table.record, table.id)
      .where(sql`removed_at is null`),
    index('_attachment_work_item')
      .on(table.workItem)
      .where(sql`work_item is not null`),
  ],
)

/** The bytes of an attachment in parts of one size, the last one shorter; written once. */
export const attachmentChunk = pgTable(
  '_attachment_chunk',
  {
    attachment: uuid('attachment')
      .notNull()
      .references(() => attachment.id, { onDelete: 'cascade' }),
    number: integer('number').notNull(),
    bytes: bytea('bytes').notNull(),
  },
  (table) => [primaryKey({ columns: [table.attachment, table.number] })],
)

/** When a person is away, and who acts for them meanwhile. */
export const absence = pgTable(
  '_absence',
  {
    id: uuid('id').primaryKey(),
    person: uuid('person').notNull(),
    substitute: uuid('substitute').notNull(),
    startsAt: moment('starts_at').notNull(),
    endsAt: moment('ends_at').notNull(),
    createdBy: uuid('created_by'),
    createdAt: moment('created_at').notNull().default(now),
    /** Taken back before its end; the row stays, because acts of the substitute rest on it. */
    cancelledAt: moment('cancelled_at'),
    cancelledBy: uuid('cancelled_by'),
  },
  (table) => [
    index('_absence_substitute').on(table.substitute, table.endsAt),
    index('_absence_person').on(table.person, table.endsAt),
  ],
)

/** A person as work is handed out: whether he is here, and how much he takes. */
export const workPerson = pgTable('_work_person', {
  person: uuid('person').primaryKey(),
  /** available, busy, away: what the person said. */
  presence: text('presence').notNull().default('away'),
  since: moment('since').notNull().default(now),
  seenAt: moment('seen_at').notNull().default(now),
  /** Units of work at a time; empty: what the queue says. */
  capacity: integer('capacity'),
  /** What part of the work of a queue, beside the shares of the others. */
  share: integer('share').notNull().default(1),
})

export const personSkill = pgTable(
  '_person_skill',
  {
    person: uuid('person').notNull(),
    skill: text('skill').notNull(),
    level: integer('level').notNull(),
  },
  (table) => [primaryKey({ columns: [table.person, table.skill] })],
)

/** Where the turns of a queue stand. Its row is locked while work is handed out. */
export const queue = pgTable('_queue', {
  name: text('name').primaryKey(),
  turn: bigint('turn', { mode: 'number' }).notNull().default(0),
  pass: doublePrecision('pass').notNull().default(0),
})

/** When a person had his turn last. */
export const queueTurn = pgTable(
  '_queue_turn',
  {
    queue: text('queue').notNull(),
    person: uuid('person').notNull(),
    turn: bigint('turn', { mode: 'number' }).notNull(),
    pass: doublePrecision('pass').notNull(),
  },
  (table) => [primaryKey({ columns: [table.queue, table.person] })],
)

/** A promise of a service level on a record, with its clock. */
export const clock = pgTable(
  '_clock',
  {
    id: uuid('id').primaryKey(),
    object: text('object').notNull(),
    record: uuid('record').notNull(),
    serviceLevel: text('service_level').notNull(),
    promise: text('promise').notNull(),
    /** running, paused, stopped, cancelled; waiting before the first start. */
    status: text('status').notNull(),
    /** The clock as the arithmetic keeps it; empty before the first start. */
    state: jsonb('state'),
    /** Which conditions held when they were last looked at. */
    held: jsonb('held').notNull(),
    target: text('target').notNull().default(''),
    /** Hash of the service level under which it was last reckoned. */
    definition: text('definition').notNull(),
    dueAt: moment('due_at'),
    breachedAt: moment('breached_at'),
    /** When it is to be advanced next. */
    wakeAt: moment('wake_at'),
    createdAt: moment('created_at').notNull().default(now),
    updatedAt: moment('updated_at').notNull().default(now),
  },
  (table) => [
    uniqueIndex('_clock_promise').on(table.record, table.serviceLevel, table.promise),
    index('_clock_due')
      .on(table.dueAt)
      .where(sql`status = 'running'`),
    index('_clock_live')
      .on(table.object, table.record)
      .where(sql`status in ('running', 'paused')`),
  ],
)

/** A warning or an escalation that has fired; the row decides that it is carried out once. */
export const clockAlert = pgTable(
  '_clock_alert',
  {
    id: uuid('id').primaryKey(),
    clock: uuid('clock')
      .notNull()
      .references(() => clock.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    dueAt: moment('due_at').notNull(),
    status: text('status').notNull(),
    createdAt: moment('created_at').notNull().default(now),
    doneAt: moment('done_at'),
  },
  (table) => [index('_clock_alert_clock').on(table.clock)],
)

/** What is to be done outside the database, written in the transaction that wants it, delivered by the worker. */
export const effect = pgTable(
  '_effect',
  {
    id: uuid('id').primaryKey(),
    /** The order in which they were written; of one record, that of its changes. */
    number: bigint('number', { mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    kind: text('kind').notNull(),
    payload: jsonb('payload').notNull(),
    idempotencyKey: text('idempotency_key').notNull(),
    /** waiting, delivered, stored (a mail without a mail server), failed, discarded, cancelled. */
    status: text('status').notNull(),
    connection: text('connection'),
    object: text('object'),
    record: uuid('record'),
    cause: jsonb('cause'),
    /** Those of one lane are delivered one after the other. */
    lane: text('lane'),
    /** The invocation of a process that waits for the end. */
    instance: uuid('instance'),
    invocation: text('invocation'),
    token: uuid('token'),
    attempts: integer('attempts').notNull().default(0),
    /** When it is tried again. */
    nextAt: moment('next_at'),
    lastError: text('last_error'),
    answer: jsonb('answer'),
    createdAt: moment('created_at').notNull().default(now),
    doneAt: moment('done_at'),
    /** Who discarded it. */
    closedBy: uuid('closed_by'),
  },
  (table) => [
    uniqueIndex('_effect_idempotency_key').on(table.idempotencyKey),
    index('_effect_status').on(table.status, table.number),
    index('_effect_lane')
      .on(table.lane, table.number)
      .where(sql`lane is not null and status in ('waiting', 'failed')`),
    index('_effect_instance')
      .on(table.instance)
      .where(sql`instance is not null and status = 'waiting'`),
  ],
)

/** Every attempt to deliver; rows are added and never changed. */
export const effectAttempt = pgTable(
  '_effect_attempt',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    effect: uuid('effect')
      .notNull()
      .references(() => effect.id, { onDelete: 'cascade' }),
    at: moment('at').notNull(),
    /** delivered, stored, again, failed; replayed and discarded by somebody. */
    outcome: text('outcome').notNull(),
    /** What the counterpart answered: the status of HTTP or SMTP. */
    status: integer('status'),
    error: text('error'),
    ms: integer('ms'),
    by: uuid('by'),
  },
  (table) => [index('_effect_attempt_effect').on(table.effect, table.id)],
)

/** What a trigger has to do, or has done: one row for each cause, written with it. */
export const triggerRun = pgTable(
  '_trigger_run',
  {
    id: uuid('id').primaryKey(),
    trigger: text('trigger').notNull(),
    object: text('object').notNull(),
    record: uuid('record'),
    /** created, changed, due, schedule, inbound. */
    kind: text('kind').notNull(),
    /** What it is for, where the same may come twice: it runs once for each. */
    key: text('key'),
    /** pending, done, void (overtaken, or its condition did not hold), failed, stopped (a circle), discarded. */
    status: text('status').notNull(),
    dueAt: moment('due_at').notNull(),
    /** Those that one job carries out. */
    batch: uuid('batch').notNull(),
    /** What its actions see beside the record: `{before}` or `{event}`. */
    seen: jsonb('seen').notNull().default({}),
    /** The triggers that led here, the first one first. */
    chain: text('chain').array().notNull().default([]),
    attempts: integer('attempts').notNull().default(0),
    lastError: text('last_error'),
    /** Whose act set it off, and who discarded it. */
    by: uuid('by'),
    closedBy: uuid('closed_by'),
    createdAt: moment('created_at').notNull().default(now),
    doneAt: moment('done_at'),
  },
  (table) => [
    uniqueIndex('_trigger_run_key')
      .on(table.trigger, table.key)
      .where(sql`key is not null`),
    index('_trigger_run_batch')
      .on(table.batch, table.id)
      .where(sql`status = 'pending'`),
    index('_trigger_run_waiting')
      .on(table.trigger, table.record)
      .where(sql`status = 'pending' and kind = 'due'`),
    index('_trigger_run_status').on(table.status, table.id),
  ],
)

/** Triggers that wait for a moment: how far records are prepared for it, and when a schedule comes next. */
export const triggerWatch = pgTable('_trigger_watch', {
  trigger: text('trigger').primaryKey(),
  /** The declaration for which records were prepared. */
  definition: text('definition').notNull(),
  nextAt: moment('next_at'),
  /** The moment of a schedule whose records are being gone through. */
  runningAt: moment('running_at'),
  /** The last record of those that were gone through. */
  position: uuid('position'),
  isReady: boolean('is_ready').notNull().default(false),
})

/** An uploaded file, read into rows; kept here so that any node can import it. */
export const importFile = pgTable('_import_file', {
  id: uuid('id').primaryKey(),
  fileName: text('file_name').notNull(),
  encoding: text('encoding').notNull(),
  delimiter: text('delimiter').notNull(),
  columns: jsonb('columns').notNull(),
  rows: integer('rows').notNull(),
  by: uuid('by'),
  createdAt: moment('created_at').notNull().default(now),
})

/**
 * Some rows of an uploaded file: what one transaction imports. JSON as text, because jsonb cannot hold the
 * character NUL, and a row that contains it must still be reported.
 */
export const importChunk = pgTable(
  '_import_chunk',
  {
    file: uuid('file')
      .notNull()
      .references(() => importFile.id, { onDelete: 'cascade' }),
    number: integer('number').notNull(),
    rows: text('rows').notNull(),
  },
  (table) => [primaryKey({ columns: [table.file, table.number] })],
)

export const importRun = pgTable('_import', {
  id: uuid('id').primaryKey(),
  file: uuid('file').references(() => importFile.id, { onDelete: 'set null' }),
  object: text('object').notNull(),
  fileName: text('file_name').notNull(),
  mapping: jsonb('mapping').notNull(),
  options: jsonb('options').notNull().default({}),
  status: text('status').notNull(),
  total: integer('total').notNull().default(0),
  done: integer('done').notNull().default(0),
  created: integer('created').notNull().default(0),
  updated: integer('updated').notNull().default(0),
  failed: integer('failed').notNull().default(0),
  /** Where the next batch begins; moves in the transaction that imports a batch. */
  position: jsonb('position').notNull().default({}),
  /** Why the whole import failed. */
  error: text('error'),
  startedAt: moment('started_at').notNull().default(now),
  finishedAt: moment('finished_at'),
  by: uuid('by'),
})

export const importRow = pgTable(
  '_import_row',
  {
    import: uuid('import')
      .notNull()
      .references(() => importRun.id, { onDelete: 'cascade' }),
    line: integer('line').notNull(),
    status: text('status').notNull(),
    problems: jsonb('problems').notNull().default([]),
    source: jsonb('source').notNull(),
    record: uuid('record'),
  },
  (table) => [primaryKey({ columns: [table.import, table.line] })],
)

/** One act of an operator on many instances, carried out by the worker. */
export const repair = pgTable('_repair', {
  id: uuid('id').primaryKey(),
  act: jsonb('act').notNull(),
  /** queued, running, done, cancelled, failed. */
  status: text('status').notNull(),
  total: integer('total').notNull(),
  done: integer('done').notNull().default(0),
  refused: integer('refused').notNull().default(0),
  /** Why it could not be carried on. */
  error: text('error'),
  by: uuid('by').notNull(),
  startedAt: moment('started_at').notNull().default(now),
  finishedAt: moment('finished_at'),
})

/** What became of one instance in a repair; written in the transaction of the act. */
export const repairItem = pgTable(
  '_repair_item',
  {
    repair: uuid('repair')
      .notNull()
      .references(() => repair.id, { onDelete: 'cascade' }),
    instance: uuid('instance').notNull(),
    /** The number of the instance's last step when the repair was asked for. */
    step: integer('step').notNull(),
    /** open, done, refused. */
    status: text('status').notNull().default('open'),
    code: text('code'),
    reason: text('reason'),
  },
  (table) => [
    primaryKey({ columns: [table.repair, table.instance] }),
    index('_repair_item_open')
      .on(table.repair, table.instance)
      .where(sql`status = 'open'`),
  ],
)

/** Steps of the version that is served which are still to be done; each row goes with its step. */
export const unsettled = pgTable('_unsettled', {
  position: bigint('position', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  step: jsonb('step').notNull(),
})

/** What publishing took away, and under which names it is kept. */
export const retired = pgTable('_retired', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  version: integer('version').notNull(),
  object: text('object').notNull(),
  field: text('field'),
  names: jsonb('names').notNull(),
  spec: jsonb('spec').notNull(),
  retiredAt: moment('retired_at').notNull().default(now),
  restoredVersion: integer('restored_version'),
})

/**
 * Who stands above whom in the trees of records that objects declare (`hierarchy`), each record also above itself. Kept
 * by a trigger on their tables.
 */
export const below = pgTable(
  '_below',
  { above: uuid('above').notNull(), below: uuid('below').notNull() },
  (table) => [
    primaryKey({ columns: [table.above, table.below] }),
    index('_below_below').on(table.below, table.above),
  ],
)

/** A record that somebody has shared by hand. */
export const share = pgTable(
  '_share',
  {
    id: uuid('id').primaryKey(),
    object: text('object').notNull(),
    record: uuid('record').notNull(),
    /** With whom: `user:<id>`, `team:<id>` or `role:<name>`. */
    grantee: text('grantee').notNull(),
    /** read; update, which includes reading. */
    access: text('access').notNull(),
    reason: text('reason').notNull(),
    by: uuid('by'),
    at: moment('at').notNull().default(now),
    expiresAt: moment('expires_at'),
  },
  (table) => [
    // One share of a record with somebody; who was given it is found by grantee, with whom it is shared by record.
    uniqueIndex('_share_grantee').on(table.grantee, table.object, table.record),
    index('_share_record').on(table.record),
  ],
)

export const setting = pgTable('_setting', {
  key: text('key').primaryKey(),
  value: jsonb('value').notNull(),
})

/** What people are told; read by the recipient alone. */
export const notification = pgTable(
  '_notification',
  {
    id: uuid('id').primaryKey(),
    recipient: uuid('recipient').notNull(),
    text: text('text').notNull(),
    object: text('object'),
    record: uuid('record'),
    createdAt: moment('created_at').notNull().default(now),
    readAt: moment('read_at'),
  },
  (table) => [index('_notification_recipient').on(table.recipient, table.id)],
)
