/* Made by `npm run generate` from platform/server/contract; do not edit. */

export type LocalText =
  | string
  | {
      [k: string]: string
    }
export type OperatorAct =
  | {
      act: 'retry'
      reason?: string
    }
  | {
      act: 'skip'
      what: 'timer' | 'work'
      /**
       * Which one; the first if not said.
       */
      id?: string
      outcome?: 'approved' | 'rejected'
      reason: string
    }
  | {
      act: 'move'
      state: string
      /**
       * Whether what is declared for entering the state is done.
       */
      runs_entry?: boolean
      reason: string
    }
  | {
      act: 'end'
      reason: string
    }
export type WorkPlace = 'before' | 'after'
/**
 * Why nothing can be attached: no right, a state that closes the record, work that is done, no room.
 */
export type AttachingRefusal = 'forbidden' | 'locked' | 'done' | 'full'
export type Colour = 'grey' | 'blue' | 'violet' | 'green' | 'amber' | 'red'
export type StepStatus = 'done' | 'here' | 'possible' | 'ahead' | 'closed'
export type FilterOperator =
  | 'equals'
  | 'not_equals'
  | 'less'
  | 'greater'
  | 'between'
  | 'contains'
  | 'starts_with'
  | 'in'
  | 'blank'
  | 'not_blank'
/**
 * waiting: others act first, or those who were added after.
 */
export type WorkStatus = 'open' | 'claimed' | 'waiting' | 'done' | 'cancelled'
export type WorkAction =
  | 'claim'
  | 'release'
  | 'complete'
  | 'approve'
  | 'reject'
  | 'return'
  | 'transfer'
  | 'delegate'
  | 'answer'
  | 'recall'
  | 'add'
  | 'remove'
  | 'urge'
  | 'change_due'
  | 'attach'
  | 'comment'
/**
 * With whom a record is shared.
 */
export type Grantee =
  | {
      kind: 'user'
      id: string
    }
  | {
      kind: 'team'
      id: string
    }
  | {
      kind: 'role'
      name: string
    }
/**
 * stuck: nothing can lead on. failed: a timer or a message has failed. late: a timer or work is past its due time. left: a new version of its process could not take it over.
 */
export type Trouble = 'stuck' | 'failed' | 'late' | 'left'
/**
 * none: cannot sign in and has no invitation that holds. invited: may choose a password. locked: too many sign-ins have failed. deactivated: has no access.
 */
export type PersonState = 'none' | 'invited' | 'active' | 'locked' | 'deactivated'
export type LiveEvent =
  | {
      event: 'change'
      data: {
        object: string
        id: string
        version: number
        action: string
      }
    }
  | {
      event: 'many'
      data: {
        objects: string[]
      }
    }
  | {
      event: 'published'
      data: {
        hash: string
      }
    }
  | {
      event: 'work'
      data: {
        [k: string]: unknown
      }
    }
export type Locale = 'en' | 'zh-CN'
export type TotalFunction = 'sum' | 'average' | 'minimum' | 'maximum'
/**
 * Some of what failed, or all of it that fits.
 */
export type OutgoingChoice =
  | {
      /**
       * @minItems 1
       * @maxItems 500
       */
      ids: string[]
    }
  | {
      all: {
        kind?: 'request' | 'email'
        connection?: string
      }
    }
export type OutgoingStatus =
  'waiting' | 'delivered' | 'stored' | 'suppressed' | 'failed' | 'discarded' | 'cancelled'
export type PresenceState = 'available' | 'busy' | 'away'
/**
 * Some of what failed or was stopped, or all of it.
 */
export type TriggerRunChoice =
  | {
      /**
       * @minItems 1
       * @maxItems 500
       */
      ids: string[]
    }
  | {
      all: {
        trigger?: string
      }
    }
export type TriggerRunStatus = 'pending' | 'done' | 'void' | 'failed' | 'stopped' | 'discarded'
export type WorkBulkRequest =
  | {
      act: 'claim'
      /**
       * @minItems 1
       * @maxItems 200
       */
      ids: string[]
    }
  | {
      act: 'transfer'
      /**
       * @minItems 1
       * @maxItems 200
       */
      ids: string[]
      to: string
      comment?: string
    }
  | {
      act: 'complete'
      /**
       * @minItems 1
       * @maxItems 200
       */
      ids: string[]
      outcome?: 'approved' | 'rejected'
      values?: Values
      comment?: string
    }

export interface Absence {
  id: string
  person: Person
  substitute: Person
  starts_at: string
  ends_at: string
  can_cancel: boolean
}
export interface Person {
  id: string
  name: string | null
}
export interface AbsenceRequest {
  person?: string
  substitute: string
  starts_at: string
  ends_at: string
}
export interface Absences {
  items: Absence[]
}
/**
 * Why somebody may or may not do something, level by level.
 */
export interface AccessExplanation {
  allows: boolean
  /**
   * The first level that does not let through.
   */
  decided_by?: 'feature' | 'object' | 'record' | 'field' | 'event'
  roles: string[]
  levels: {
    level: 'feature' | 'object' | 'record' | 'field' | 'event'
    allows: boolean
    action: string
    grounds: {
      kind: 'role' | 'rule' | 'share' | 'product'
      allows: boolean
      role?: {
        name: string
        label: LocalText
      }
      label?: LocalText
      declared?: {
        /**
         * Such as `roles/seller/objects/deal/read`.
         */
        pointer: string
        /**
         * The files that make up the document, the declaring one first.
         */
        files: string[]
        /**
         * Nothing said denies.
         */
        says?: string
      }
      share?: {
        with: string
        reason: string
        by: string | null
        expires_at: string | null
      }
    }[]
    reason?: string
  }[]
}
/**
 * Every right of every role, as it is declared.
 */
export interface AccessMatrix {
  roles: {
    role: string
    portal: boolean
    features: string[]
  }[]
  rights: {
    role: string
    object: string
    /**
     * Of lines the fields alone are declared; the rest follows their record.
     */
    is_line: boolean
    create: boolean
    read: string
    update: string
    delete: string
    fields: {
      [k: string]: string
    }
  }[]
  rules: {
    object: string
    rule: string
    roles: string[]
    where: string
    access: string
  }[]
  by_hand: string[]
}
export interface AccountSecurity {
  has_password: boolean
  shortest_password: number
  /**
   * null where none is set up.
   */
  second_factor: {
    confirmed_at: string
    recovery_codes_left: number
  } | null
  /**
   * Whether a role asks for one.
   */
  needs_second_factor: boolean
  sessions: OwnSession[]
}
export interface OwnSession {
  id: string
  user_agent: string | null
  address: string | null
  created_at: string
  used_at: string
  is_current: boolean
}
export interface ActRequest {
  /**
   * The last step that one has seen.
   */
  step: number
  act: OperatorAct
}
export interface AddingToWork {
  to: string
  place: WorkPlace
  comment?: string
}
export interface Aggregate {
  groups: {
    key: {
      [k: string]: unknown
    }
    values: {
      [k: string]: unknown
    }
  }[]
}
export interface AggregateQuery {
  filter?: string
  search?: string
  /**
   * @maxItems 3
   */
  group_by?: (
    | string
    | {
        field: string
        by: 'day' | 'month' | 'quarter' | 'year'
      }
  )[]
  measures: {
    [k: string]: Measure
  }
}
export interface Measure {
  function: 'count' | 'sum' | 'average' | 'minimum' | 'maximum'
  field?: string
}
export interface AppMeta {
  name: string
  label: LocalText
  icon?: string
  items: {
    name: string
    object: string
    view?: string
    label: LocalText
  }[]
}
/**
 * An approval in levels.
 */
export interface Approval {
  id: string
  title: LocalText
  status: 'running' | 'approved' | 'rejected' | 'returned' | 'withdrawn' | 'closed'
  requested_by: Person | null
  started_at: string
  ended_at: string | null
  levels: {
    name: string
    label: LocalText
    rule:
      | {
          kind: 'all' | 'any' | 'first'
        }
      | {
          kind: 'share'
          share: number
        }
      | {
          kind: 'weight'
          weight: number
        }
    in_turn: boolean
    status: 'approved' | 'rejected' | 'open' | 'ahead' | 'closed'
    /**
     * Why it is decided without votes.
     */
    because: ('nobody' | 'repeated' | 'deadline') | null
    due_at: string | null
    seats: {
      person: Person
      weight: number
      status: 'asked' | 'ahead' | 'approved' | 'rejected' | 'closed'
      /**
       * Who spoke, where that is somebody else.
       */
      by: Person | null
      comment: string | null
      at: string | null
    }[]
  }[]
  copies: Person[]
  /**
   * To whom an approver may return it now.
   */
  returns: {
    requester: boolean
    levels: {
      name: string
      label: LocalText
    }[]
  }
  can: ('withdraw' | 'take_back')[]
}
export interface ApprovalAct {
  comment?: string
}
export interface Attachment {
  id: string
  file_name: string
  media_type: string
  /**
   * Bytes.
   */
  size: number
  /**
   * Hexadecimal.
   */
  sha256: string
  by: Person | null
  at: string
  /**
   * The work on the record to which it was attached.
   */
  work_item: string | null
  can_remove: boolean
}
/**
 * The files at a record or at work, the oldest first.
 */
export interface Attachments {
  attachments: Attachment[]
  can_attach: boolean
  refusal: AttachingRefusal | null
  /**
   * The largest file that is taken, in bytes.
   */
  largest: number
}
/**
 * What somebody did that matters to security or privacy.
 */
export interface AuditEntry {
  number: number
  id: string
  at: string
  actor: {
    /**
     * person, process, plugin.
     */
    kind: string
    id: string | null
    name: string
  }
  /**
   * The API key that was used.
   */
  key: string | null
  /**
   * Who acted in the place of the actor.
   */
  impersonator: {
    id: string
    name: string | null
  } | null
  action: string
  subject: {
    object: string
    record: string | null
  } | null
  detail: {
    [k: string]: unknown
  }
  address: string | null
  /**
   * The seal over the entry before and this one.
   */
  hash: string
}
export interface AuditPage {
  items: AuditEntry[]
  next: string | null
}
export interface BegunFactor {
  /**
   * To be typed where no QR code can be read; base32.
   */
  setup_key: string
  /**
   * What the QR code says: otpauth://totp/…
   */
  uri: string
}
export interface BulkAnswer {
  results: {
    ok: boolean
    id?: string
    problem?: Problem
  }[]
}
/**
 * RFC 9457 problem details.
 */
export interface Problem {
  type: string
  title: string
  status: number
  code: string
  detail?: string
  request_id?: string
  faults?: Fault[]
  current?: RecordData
  changed?: string[]
  possible?: string[]
  [k: string]: unknown
}
/**
 * A fault at one field or place of a request.
 */
export interface Fault {
  field?: string
  path?: string
  code: string
  message: string
}
/**
 * A record: id, version and the fields by name; a blank is null.
 */
export interface RecordData {
  id: string
  version: number
  [k: string]: unknown
}
export interface BulkOperation {
  op: 'create' | 'update' | 'delete'
  id?: string
  version?: number
  values?: Values
}
/**
 * Values by field.
 */
export interface Values {
  [k: string]: unknown
}
export interface BulkRequest {
  mode: 'all_or_nothing' | 'each'
  /**
   * @maxItems 1000
   */
  operations: BulkOperation[]
}
export interface ChoiceMeta {
  value: string
  label: LocalText
  colour?: Colour
  retired?: boolean
}
/**
 * A promise on a record, and how its clock stands.
 */
export interface ClockView {
  service_level: string
  promise: string
  label: LocalText
  help?: LocalText
  status: 'running' | 'paused' | 'stopped'
  /**
   * broken: it was late, whether it still runs or has stopped.
   */
  outcome: 'open' | 'kept' | 'broken'
  /**
   * The working time that is promised, in milliseconds.
   */
  target_ms: number
  /**
   * What is left of it; below nothing once it is late.
   */
  remaining_ms: number
  percent: number
  /**
   * Whether the time falls now: it runs, and it is working time.
   */
  counting: boolean
  /**
   * When `counting` turns by itself.
   */
  turns_at: string | null
  /**
   * Null while it is paused before it is due.
   */
  due_at: string | null
  breached_at: string | null
  started_at: string
  ended_at: string | null
  alerts: {
    name: string
    label: LocalText
    at: string | null
    outcome: ('fired' | 'overtaken') | null
  }[]
}
export interface Clocks {
  at: string
  clocks: ClockView[]
}
export interface ColumnTarget {
  field: string
  match?: string
  create?: boolean
  values?: {
    [k: string]: string
  }
  currency?: string
}
export interface Completion {
  outcome?: 'approved' | 'rejected'
  values?: Values
  comment?: string
}
/**
 * The own password; who has none signs in anew a few minutes before.
 */
export interface Confirmation {
  password?: string
}
/**
 * How many instances are in which states of which version.
 */
export interface CountedPlaces {
  places: {
    process: string
    label: LocalText
    version: string
    published_at: string
    is_current_version: boolean
    states: {
      path: string
      label: LocalText
    }[]
    tags: StateTag[]
    counts: TroubleCounts
  }[]
}
/**
 * What records are going through in a state, whatever the process.
 */
export interface StateTag {
  value: string
  label: LocalText
  colour?: Colour
}
export interface TroubleCounts {
  active: number
  stuck: number
  failed: number
  late: number
  left: number
}
export interface CreatedKey {
  id: string
  name: string
  prefix: string
  /**
   * Items: `read` or `write` for everything; `account:read` or `account:write` for one object with its lines.
   */
  scopes: string[]
  expires_at: string | null
  last_used_at: string | null
  /**
   * The network address.
   */
  last_used_from: string | null
  created_at: string
  /**
   * Shown this once; only its hash is kept.
   */
  key: string
}
export interface Credentials {
  email: string
  password: string
  rememberMe?: boolean
}
export interface Deactivated {
  handed_over: number
  /**
   * Work that the other may not do; it stays where it is.
   */
  kept: number
}
export interface Deactivation {
  /**
   * Who gets the open work.
   */
  hand_over_to?: string
}
export interface DrawnState {
  path: string
  /**
   * The state around it; empty for the machine itself.
   */
  parent: string | null
  kind: 'atomic' | 'compound' | 'parallel' | 'final' | 'history'
  initial: boolean
  label: LocalText
  colour?: Colour
  help?: LocalText
  /**
   * Those that the state itself has.
   */
  tags: StateTag[]
  invocations: {
    id: string
    kind: string
    title?: LocalText
  }[]
  visits: number
  /**
   * In all stays that are over.
   */
  spent_ms: number
  /**
   * Since when the record is there; null where it is not.
   */
  since: string | null
}
export interface DrawnTransition {
  id: string
  from: string
  to: string[]
  trigger: DrawnTrigger
  /**
   * The text of the condition; null where it names what the person may not see.
   */
  guard?: string | null
  description?: string
  taken: number
  taken_at: string | null
}
/**
 * What makes a transition.
 */
export interface DrawnTrigger {
  kind: 'event' | 'after' | 'always' | 'done' | 'invocation' | 'failure'
  /**
   * The event, the delay, or the invocation that ends.
   */
  name: string | null
  label?: LocalText
}
export interface DueChange {
  due_at: string | null
  comment?: string
}
export interface EndedSessions {
  ended: number
}
export interface Erasure {
  id: string
  report: ErasureReport
}
/**
 * What is erased and what is kept; without the data.
 */
export interface ErasureReport {
  object: string
  record: string
  /**
   * The person, and records that are about the person.
   */
  records: {
    object: string
    id: string
    fields: {
      name: string
      category: string
    }[]
    outcome: 'erased' | 'kept'
    /**
     * Why it is kept.
     */
    because?:
      | string
      | {
          [k: string]: string
        }
  }[]
  /**
   * What is known of the erased records elsewhere, such as in their history.
   */
  traces: {
    place: string
    count: number
    outcome: 'erased' | 'kept'
  }[]
  /**
   * Records that only name the person, and stay as they are.
   */
  references: {
    object: string
    field: string
    count: number
  }[]
}
/**
 * The record that stands for the person.
 */
export interface ErasureRequest {
  object: string
  record: string
}
export interface Erasures {
  items: {
    id: string
    report: ErasureReport
    object: string
    record: string
    reason: 'request' | 'retention'
    at: string
    by: Person | null
  }[]
  next: string | null
}
export interface EventAnswer {
  record: RecordData
  /**
   * With `expand=process`: null where the record is out of sight now.
   */
  process?: ProcessView | null
  created: {
    object: string
    id: string
  }[]
}
export interface ProcessView {
  process: string
  label: LocalText
  states: string[]
  /**
   * Of all states in which it is now.
   */
  tags: StateTag[]
  ended: boolean
  path: {
    state: string
    label: LocalText
    colour?: Colour
    status: StepStatus
  }[]
  events: ProcessEvent[]
  /**
   * Processes that are a part of this one and at work on the record.
   */
  parts: {
    process: string
    label: LocalText
    states: {
      state: string
      label: LocalText
      colour?: Colour
    }[]
    tags: StateTag[]
  }[]
  work_items: WorkItem[]
  /**
   * Approvals in levels, the newest first.
   */
  approvals: Approval[]
  due: {
    event: string
    at: string
  }[]
}
export interface ProcessEvent {
  name: string
  label: LocalText
  help?: LocalText
  primary: boolean
  destructive: boolean
  form: FieldsMeta
  possible: boolean
  reason?: string
}
export interface FieldsMeta {
  [k: string]: FieldMeta
}
export interface FieldMeta {
  name: string
  type: string
  label: LocalText
  help?: LocalText
  required: boolean
  required_when?: string
  visible_when?: string
  read_only: boolean
  writable: boolean
  system: boolean
  computed?: 'formula' | 'rollup'
  default?: unknown
  default_expression?: string
  /**
   * The text of a formula over the own record.
   */
  expression?: string
  returns?: string
  options: {
    [k: string]: unknown
  }
  choices?: ChoiceMeta[]
  reference?: {
    to: string
    /**
     * Fields of the record that refers on which the choice depends.
     */
    referring?: string[]
  }
  lines?: {
    object: string
    through: string
  }
  operators: FilterOperator[]
  /**
   * Only some characters are shown; others are dots.
   */
  masked?: boolean
}
export interface WorkItem {
  id: string
  kind: 'task' | 'approval'
  title: LocalText
  object: string
  record: {
    id: string
    title: string | null
  }
  due_at: string | null
  priority: number
  status: WorkStatus
  assignee: Person | null
  candidates: {
    role?: string
  }
  queue: {
    name: string
    label: LocalText
  } | null
  /**
   * Who waits for the answer of the assignee.
   */
  delegated_by: Person | null
  /**
   * Of a part that was added to other work.
   */
  place: WorkPlace | null
  added: {
    id: string
    place: WorkPlace
    person: Person
    status: WorkStatus
  }[]
  /**
   * One acts for the assignee, who is away.
   */
  is_substitute: boolean
  can: WorkAction[]
  form: FieldsMeta
  /**
   * The approval in levels of which it is a part.
   */
  approval: Approval | null
  outcome?: string
  created_at: string
  version: number
}
export interface EventMeta {
  name: string
  label: LocalText
  help?: LocalText
  primary: boolean
  destructive: boolean
  form: FieldsMeta
}
export interface EventRequest {
  version?: number
  values?: Values
}
export interface ExplainRequest {
  /**
   * Of whom; oneself if not said. Others: with the feature "administer".
   */
  person?: string
  object: string
  record?: string
  action?: 'create' | 'read' | 'update' | 'delete'
  field?: string
  /**
   * An event of its process, instead of an action; needs a record.
   */
  event?: string
}
export interface FactorAnswer {
  code: string
}
/**
 * The password is right; POST /api/auth/second-factor goes on.
 */
export interface FactorAsked {
  next: 'second_factor'
}
export interface GivingWork {
  to: string
  comment?: string
}
export interface HandOverRequest {
  from: string
  to: string
  comment?: string
}
export interface History {
  entries: HistoryEntry[]
  next: string | null
}
export interface HistoryEntry {
  id: string
  at: string
  by: Person | null
  action: string
  version?: number
  changes: {
    [k: string]: {
      from: unknown
      to: unknown
    }
  }
  lines: {
    [k: string]: LinesInHistory
  }
  cause?: unknown
  note?: string
}
export interface LinesInHistory {
  added: {
    id: string
    name: unknown
  }[]
  changed: {
    id: string
    name: unknown
    changes: {
      [k: string]: {
        from: unknown
        to: unknown
      }
    }
  }[]
  removed: {
    id: string
    name: unknown
  }[]
}
export interface Impersonation {
  by: Person1
  reason: string
  ends_at: string
  /**
   * Its time has passed: nothing but ending it is possible.
   */
  is_over: boolean
}
/**
 * Who acts in the place of the person.
 */
export interface Person1 {
  id: string
  name: string | null
}
export interface ImpersonationRequest {
  person: string
  /**
   * The person reads it.
   */
  reason: string
  minutes?: number
}
export interface ImportOrder {
  file: string
  object: string
  mapping: {
    [k: string]: string | ColumnTarget | null
  }
  key?: string
  entry?: string
  on_missing_reference?: 'refuse' | 'blank'
  dry_run?: boolean
  locale?: {
    decimal?: '.' | ','
    date?: 'ymd' | 'dmy' | 'mdy'
  }
}
export interface ImportPreview {
  file: string
  encoding: string
  delimiter: string
  columns: {
    name: string
    sample: string[]
    suggestion: string | null
  }[]
  rows: number
}
export interface ImportProblems {
  rows: {
    line: number
    status: 'failed' | 'warning'
    problems: {
      field?: string
      column?: string
      code: string
      message: LocalText
      [k: string]: unknown
    }[]
    source: {
      [k: string]: string
    }
  }[]
  next: string | null
}
export interface ImportRun {
  id: string
  object: string
  file_name: string | null
  status: 'queued' | 'running' | 'done' | 'cancelled' | 'failed'
  dry_run: boolean
  total: number
  done: number
  created: number
  updated: number
  failed: number
  error: string | null
  started_at: string | null
  finished_at: string | null
}
export interface ImportRuns {
  imports: ImportRun[]
}
/**
 * repeated: the same had been received before.
 */
export interface InboundAnswer {
  id: string
  repeated: boolean
}
/**
 * Whatever the other system sends; the trigger takes what it needs.
 */
export interface InboundBody {
  [k: string]: unknown
}
/**
 * Live instances for which all of it holds.
 */
export interface InstanceFilter {
  trouble?: Trouble
  process?: string
  state?: string
  /**
   * A tag of one of the states in which it is.
   */
  tag?: string
  version?: string
  quiet_hours?: number
  /**
   * @minItems 1
   * @maxItems 1000
   */
  ids?: string[]
}
export interface Invitation {
  path: string
  expires_at: string
}
export interface InvitationToken {
  token: string
}
export interface KeyList {
  keys: ListedKey[]
}
export interface ListedKey {
  id: string
  name: string
  prefix: string
  /**
   * Items: `read` or `write` for everything; `account:read` or `account:write` for one object with its lines.
   */
  scopes: string[]
  expires_at: string | null
  last_used_at: string | null
  /**
   * The network address.
   */
  last_used_from: string | null
  created_at: string
}
export interface KeyRequest {
  name: string
  /**
   * @minItems 1
   * @maxItems 100
   *
   * Items: `read` or `write` for everything; `account:read` or `account:write` for one object with its lines.
   */
  scopes?: string[]
  /**
   * In 90 days if not said; at most a year ahead.
   */
  expires_at?: string
}
/**
 * A live process on a record, as operators see it.
 */
export interface ListedInstance {
  id: string
  process: string
  label: LocalText
  object: string
  record: {
    id: string
    title: string | null
  }
  version: string
  is_current_version: boolean
  /**
   * Whether the version still fits its object.
   */
  is_usable: boolean
  states: {
    path: string
    label: LocalText
  }[]
  tags: StateTag[]
  step: number
  started_at: string
  moved_at: string
  troubles: Trouble[]
  timers: {
    id: string
    event: string
    due_at: string
    error: string | null
    attempts: number
    /**
     * It is not tried again by itself.
     */
    has_failed: boolean
  }[]
  work: {
    id: string
    kind: string
    title: LocalText
    due_at: string | null
    assignee: Person | null
  }[]
  messages: {
    id: string
    kind: string
    error: string | null
  }[]
  /**
   * Why a new version of its process could not take it over.
   */
  left_because: string | null
}
export interface ListedInstances {
  items: ListedInstance[]
  next: string | null
}
export interface ListedPeople {
  items: ListedPerson[]
  next: string | null
  /**
   * null where it would take a look at everybody.
   */
  total: number | null
}
export interface ListedPerson {
  id: string
  version: number
  name: string
  email: string
  state: PersonState
  roles: string[]
  team: Person | null
  manager: Person | null
  last_sign_in_at: string | null
  invited_until: string | null
  /**
   * How many are open.
   */
  sessions: number
  open_work: number
  is_self: boolean
}
export interface ListedRole {
  name: string
  label: LocalText
  description?: LocalText
  features: string[]
  objects: {
    /**
     * `*` stands for every object that is not named.
     */
    object: string
    label?: LocalText
    create: boolean
    read: {
      level: string
      /**
       * The row rule that must hold as well.
       */
      where?: string
    }
    update: {
      level: string
      /**
       * The row rule that must hold as well.
       */
      where?: string
    }
    delete: {
      level: string
      /**
       * The row rule that must hold as well.
       */
      where?: string
    }
  }[]
  /**
   * Active people who hold it.
   */
  holders: number
  /**
   * The files that declare it; empty where that is not known.
   */
  files: string[]
  /**
   * Where it is declared, as `tessera explain` takes it.
   */
  pointer: string
}
export interface ListedRoles {
  items: ListedRole[]
}
export interface ListedSignIn {
  id: string
  at: string
  person: Person | null
  email: string
  address: string | null
  succeeded: boolean
  /**
   * Why it failed.
   */
  reason: string | null
}
export interface ListedSignIns {
  items: ListedSignIn[]
  next: string | null
}
/**
 * What the signed-in person may see of the declarations.
 */
export interface Meta {
  hash: string
  currency: string
  objects: {
    [k: string]: ObjectMeta
  }
  views: ViewMeta[]
  pages: {
    [k: string]: PageMeta
  }
  apps: AppMeta[]
  processes: {
    [k: string]: ProcessMeta
  }
  /**
   * Whether work waits in queues.
   */
  has_queues?: boolean
}
export interface ObjectMeta {
  name: string
  label: LocalText
  plural: LocalText
  icon?: string
  /**
   * Whether each record stands for a person.
   */
  person?: boolean
  name_field: string
  is_owned: boolean
  parent?: {
    object: string
    field: string
  }
  lifecycle?: {
    process: string
    state_field: string
  }
  /**
   * Whether service levels are declared for it.
   */
  has_clocks?: boolean
  /**
   * What columns of lists can count down, as `promise:<name>`.
   */
  promises?: {
    name: string
    label: LocalText
    help?: LocalText
  }[]
  /**
   * Whoever may change a record may share it by hand.
   */
  sharing?: {
    longest_days?: number
  }
  rights: {
    create: boolean
    read: boolean
    update: boolean
    delete: boolean
  }
  fields: FieldsMeta
  keys: {
    name: string
    fields: string[]
  }[]
  validations: {
    name: string
    invalid_when: string
    at?: string
    message: LocalText
  }[]
  search: string[]
}
export interface ViewMeta {
  name: string
  object: string
  label: LocalText
  type: 'list' | 'board'
  columns: string[]
  filter?: string
  sort: SortKey[]
  totals: {
    [k: string]: TotalFunction
  }
  columns_by?: string
  sum?: string
}
export interface SortKey {
  field: string
  direction?: 'ascending' | 'descending'
}
export interface PageMeta {
  facts: string[]
  sections: SectionMeta[]
  related: RelatedMeta[]
}
export interface SectionMeta {
  name: string
  label: LocalText
  columns: number
  fields: string[]
  visible_when?: string
}
export interface RelatedMeta {
  name: string
  label: LocalText
  object: string
  through: string
  columns: string[]
  visible_when?: string
}
export interface ProcessMeta {
  name: string
  label: LocalText
  object: string
  state_field?: string
  states: StateMeta[]
  events: {
    name: string
    label: LocalText
    help?: LocalText
    primary: boolean
    destructive: boolean
    form: FieldsMeta
    /**
     * By the state that the event finds, the states that it can lead to; guards decide.
     */
    targets: {
      [k: string]: string[]
    }
  }[]
  /**
   * By the id of a timer, as `due` of a process names it, the states that it leads to.
   */
  timers: {
    [k: string]: string[]
  }
  /**
   * The moments that states wait for, by the names that timers and the history have.
   */
  delays: {
    [k: string]: LocalText
  }
  entries: {
    name: string
    label?: LocalText
    states: string[]
  }[]
}
export interface StateMeta {
  path: string
  label: LocalText
  help?: LocalText
  colour?: Colour
  final: boolean
  /**
   * Fields that the person cannot change while a record is here.
   */
  closed?: string[]
  /**
   * Whether the person cannot delete a record while it is here.
   */
  undeletable?: boolean
}
/**
 * Versions of processes that take over what lives on earlier ones.
 */
export interface Migrations {
  items: {
    id: string
    process: string
    label: LocalText
    version: string
    status: 'waiting' | 'running' | 'done' | 'overtaken'
    moved: number
    refused: number
    /**
     * How many live on earlier versions, those refused included.
     */
    left: number
    begun_at: string
    finished_at: string | null
  }[]
}
export interface Notification {
  id: string
  text: LocalText
  object: string | null
  record: string | null
  at: string
  read: boolean
}
export interface Notifications {
  items: Notification[]
  unread: number
}
/**
 * Whose invitation it is, for who holds its token.
 */
export interface OpenInvitation {
  email: string
  name: string
  expires_at: string
}
/**
 * A request or a mail with every attempt.
 */
export interface OutgoingDetail {
  id: string
  kind: 'request' | 'email'
  status: OutgoingStatus
  connection: string | null
  /**
   * Method and path, or the recipients.
   */
  title: string
  object: string | null
  record: string | null
  attempts: number
  error: string | null
  created_at: string
  next_at: string | null
  done_at: string | null
  message: {
    [k: string]: unknown
  }
  answer: {
    [k: string]: unknown
  } | null
  cause: {
    [k: string]: unknown
  } | null
  log: {
    at: string
    outcome: string
    status: number | null
    error: string | null
    ms: number | null
    by: Person | null
  }[]
}
/**
 * A request or a mail to the outside.
 */
export interface OutgoingEntry {
  id: string
  kind: 'request' | 'email'
  status: OutgoingStatus
  connection: string | null
  /**
   * Method and path, or the recipients.
   */
  title: string
  object: string | null
  record: string | null
  attempts: number
  error: string | null
  created_at: string
  next_at: string | null
  done_at: string | null
}
export interface OutgoingList {
  items: OutgoingEntry[]
  next: string | null
}
export interface OwnedKey {
  id: string
  name: string
  prefix: string
  /**
   * Items: `read` or `write` for everything; `account:read` or `account:write` for one object with its lines.
   */
  scopes: string[]
  expires_at: string | null
  last_used_at: string | null
  /**
   * The network address.
   */
  last_used_from: string | null
  created_at: string
  owner: Person
}
export interface OwnedKeys {
  items: OwnedKey[]
  next: string | null
}
export interface PasswordChange {
  current?: string
  password: string
}
export interface PasswordChoice {
  token: string
  newPassword: string
}
export interface Presence {
  /**
   * What holds: away on leave, and after a while without a sign.
   */
  presence: 'available' | 'busy' | 'away'
  /**
   * What the person said.
   */
  chosen: 'available' | 'busy' | 'away'
  since: string | null
}
export interface PresenceRequest {
  presence: PresenceState
  person?: string
}
/**
 * The machine that a record lives on, where the record is in it, and how it got there.
 */
export interface ProcessPicture {
  instance: string
  process: string
  label: LocalText
  version: string
  is_current_version: boolean
  states: string[]
  ended: boolean
  step: number
  /**
   * Whether every step since the beginning is counted.
   */
  is_whole: boolean
  machine: {
    states: DrawnState[]
    transitions: DrawnTransition[]
  }
  timers: {
    id: string
    event: string
    at: string
    transitions: string[]
  }[]
  work: {
    id: string
    kind: string
    invocation: string
    title: LocalText
    status: WorkStatus
    assignee: Person | null
    due_at: string | null
  }[]
}
export interface ProcessStep {
  number: number
  at: string
  by: Person | null
  event: string
  trigger: DrawnTrigger | null
  cause: StepCause | null
  form: FieldsMeta
  /**
   * What was filled in, as far as one may see it.
   */
  payload: {
    [k: string]: unknown
  }
  hides_payload: boolean
  outcome: string | null
  comment: string | null
  states: string[]
  entered: string[]
  left: {
    state: string
    spent_ms: number
  }[]
  transitions: {
    id: string | null
    from: string
    to: string[]
    trigger: DrawnTrigger | null
    /**
     * The text of the condition; null where it names what the person may not see.
     */
    guard?: string | null
  }[]
}
/**
 * What made a step.
 */
export interface StepCause {
  kind:
    | 'person'
    | 'process'
    | 'timer'
    | 'work_item'
    | 'invocation'
    | 'import'
    | 'service_level'
    | 'trigger'
    | 'operator'
    | 'version'
    | 'system'
  id: string | null
  /**
   * What an operator did.
   */
  act?: string
  reason?: string
  title?: LocalText
  record?: {
    object: string
    id: string
    title: string | null
  }
}
export interface ProcessSteps {
  steps: ProcessStep[]
  next: string | null
}
export interface QueueSummary {
  name: string
  label: LocalText
  help?: LocalText
  object: string
  assignment: 'pull' | 'round_robin' | 'least_loaded' | 'weighted' | 'sticky'
  waiting: number
  oldest: string | null
  is_member: boolean
}
export interface QueueView {
  name: string
  label: LocalText
  help?: LocalText
  object: string
  assignment: 'pull' | 'round_robin' | 'least_loaded' | 'weighted' | 'sticky'
  waiting: number
  oldest: string | null
  is_member: boolean
  items: {
    item: WorkItem
    /**
     * With what its age adds, at this moment.
     */
    priority: number
    since: string
  }[]
  people: {
    id: string
    name: string | null
    presence: PresenceState
    load: number
    capacity: number | null
    skills: {
      [k: string]: number
    }
  }[]
  /**
   * What the skills of people are called.
   */
  skills: ChoiceMeta[]
}
export interface Queues {
  items: QueueSummary[]
}
export interface ReadRequest {
  /**
   * @maxItems 1000
   */
  ids?: string[]
}
export interface RecordPage {
  rows: RecordData[]
  next: string | null
  count?: {
    value: number
    capped: boolean
  }
}
export interface RecordQuery {
  /**
   * @maxItems 200
   */
  fields?: string[]
  /**
   * @maxItems 200
   */
  expand?: string[]
  /**
   * Tells of each record whether you may update or delete it, as `may:update` and `may:delete`.
   *
   * @maxItems 2
   */
  may?: ('update' | 'delete')[]
  filter?: string
  search?: string
  /**
   * @maxItems 5
   */
  sort?: string[]
  limit?: number
  after?: string
  count?: boolean
  deleted?: boolean
  /**
   * Only the records that this field (of the form of this event) may refer to, given what is filled in.
   */
  choosable?: {
    object: string
    field: string
    event?: string
    id?: string
    values?: {
      [k: string]: unknown
    }
  }
}
export interface RecoveryCodes {
  /**
   * Shown this once; only their hashes are kept. Each works once.
   */
  recovery_codes: string[]
}
export interface RemovingFromWork {
  added: string
  comment?: string
}
/**
 * One act on many instances, and how far it is.
 */
export interface Repair {
  id: string
  act: OperatorAct
  status: 'queued' | 'running' | 'done' | 'cancelled' | 'failed'
  total: number
  /**
   * Those that are dealt with, those that were refused included.
   */
  done: number
  refused: number
  error: string | null
  by: Person
  started_at: string
  finished_at: string | null
}
export interface RepairRequest {
  act: OperatorAct
  filter: InstanceFilter
}
/**
 * What became of each instance, those that were refused first.
 */
export interface RepairResults {
  items: {
    instance: string
    object: string | null
    record: string | null
    status: 'open' | 'done' | 'refused'
    code: string | null
    reason: string | null
  }[]
  next: string | null
}
export interface Repairs {
  items: Repair[]
}
export interface Returning {
  /**
   * The level; the requester without it.
   */
  to?: string
  comment: string
}
export interface SearchAnswer {
  hits: SearchHit[]
}
export interface SearchHit {
  object: string
  id: string
  title: string
  snippet?: string
}
export interface Session {
  user: {
    id: string
    name: string
    email: string
    locale: string
    time_zone: string
    roles: string[]
  }
  tenant: {
    name: string
    label: string
    currency: string
    time_zone: string
    locale: Locale
  }
  tenants: TenantName[]
  features: string[]
  impersonation?: Impersonation1
  /**
   * A second factor has to be set up before anything else; other requests are refused.
   */
  needs_second_factor: boolean
  version: {
    number: number
    hash: string
  }
}
export interface TenantName {
  name: string
  label: string
}
/**
 * Present where somebody acts for the user.
 */
export interface Impersonation1 {
  by: Person1
  reason: string
  ends_at: string
  /**
   * Its time has passed: nothing but ending it is possible.
   */
  is_over: boolean
}
export interface SessionChange {
  locale?: Locale
  time_zone?: string
}
export interface SettledCount {
  count: number
}
export interface Share {
  id: string
  with: {
    kind: 'user' | 'team' | 'role'
    id?: string
    name?: string
    label: string | null
  }
  /**
   * update includes reading.
   */
  access: 'read' | 'update'
  reason: string
  by: Person | null
  at: string
  expires_at: string | null
}
export interface ShareRequest {
  with: Grantee
  /**
   * update includes reading.
   */
  access?: 'read' | 'update'
  /**
   * Why; others will ask.
   */
  reason: string
  /**
   * When it ends; see the declared longest time.
   */
  expires_at?: string
}
export interface Shares {
  shares: Share[]
}
export interface SignInWays {
  shortest_password: number
  providers: {
    name: string
    label: string
  }[]
}
export interface SignedIn {
  user: {
    id: string
    name: string
    email: string
  }
  tenants: TenantName[]
}
export interface StartedImport {
  id: string
}
export interface StartedRepair {
  id: string
  total: number
}
export interface Trial {
  faults: Fault[]
}
export interface TrialRequest {
  id?: string
  values: Values
}
/**
 * What triggers did and have to do.
 */
export interface TriggerRuns {
  items: {
    id: string
    trigger: string
    label:
      | string
      | {
          [k: string]: string
        }
    kind: string
    status: TriggerRunStatus
    object: string
    record: string | null
    /**
     * The triggers that led here, the first one first.
     */
    chain: string[]
    attempts: number
    error: string | null
    due_at: string
    created_at: string
    done_at: string | null
  }[]
  next: string | null
}
export interface UnknownValues {
  values: {
    column: string
    field: string
    text: string
    rows: number
  }[]
}
export interface Upserted {
  record: RecordData
  created: boolean
}
export interface Urging {
  comment?: string
}
export interface Version {
  number: number
  hash: string
  note: string | null
  published_by: string | null
  published_at: string
  active: boolean
}
export interface VersionList {
  versions: Version[]
}
/**
 * What became of each work item.
 */
export interface WorkBulkAnswer {
  results: {
    id: string
    ok: boolean
    problem?: Problem
  }[]
}
export interface WorkItemCount {
  open: number
}
export interface WorkItems {
  items: WorkItem[]
}
/**
 * Every act on a work item, in order.
 */
export interface WorkLog {
  entries: {
    id: string
    at: string
    by: Person | null
    on_behalf_of: Person | null
    act: string
    from: Person | null
    to: Person | null
    comment: string | null
    detail: {
      [k: string]: unknown
    } | null
  }[]
}
/**
 * What a person takes of the work that is handed out.
 */
export interface WorkProfile {
  skills: {
    [k: string]: number
  }
  capacity: number | null
  share: number
  can_change: boolean
  /**
   * The skills that there are.
   */
  choices: ChoiceMeta[]
}
export interface WorkProfileChange {
  skills?: {
    [k: string]: number
  }
  capacity?: number | null
  share?: number
}
export interface WorkRemark {
  comment: string
}
