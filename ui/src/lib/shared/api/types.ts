/** The shapes that travel between the interface and the server, as the HTTP contract names them. */

export type {
  AccessExplanation,
  AccessMatrix,
  AccountSecurity,
  BegunFactor,
  OwnSession,
  RecoveryCodes,
  SignInWays,
  AttachingRefusal,
  Attachment,
  Attachments,
  AuditEntry,
  AuditPage,
  CountedPlaces,
  CreatedKey,
  Deactivated,
  DrawnState,
  DrawnTransition,
  DrawnTrigger,
  Erasure,
  ErasureReport,
  EndedSessions,
  Impersonation,
  InstanceFilter,
  KeyList,
  LinesInHistory,
  ListedInstance,
  ListedInstances,
  ListedKey,
  ListedPeople,
  ListedPerson,
  ListedRole,
  ListedRoles,
  ListedSignIn,
  Migrations,
  OperatorAct,
  OwnedKey,
  PersonState,
  ProcessPicture,
  ProcessStep,
  ProcessSteps,
  Repair,
  RepairResults,
  Share,
  ShareRequest,
  Shares,
  StateTag,
  Trouble,
} from './contract.generated.ts'

import type { Impersonation, LinesInHistory, StateTag } from './contract.generated.ts'

/** A text for people: one string, or one per locale. */
export type LocalText = string | Readonly<Record<string, string>>

export type Locale = 'en' | 'zh-CN'

export interface Fault {
  field?: string
  code: string
  message: LocalText
  path?: string
}

/** RFC 9457 problem details with the members that this API adds. */
export interface Problem {
  type: string
  title: string
  status: number
  code: string
  detail?: string
  request_id?: string
  faults?: Fault[]
  /** Why an account was refused. */
  reason?: string
  /** Conflict: the record as it is now, and the fields changed since the version that was sent. */
  current?: RecordData
  changed?: string[]
  /** Refused event: the names of the events that are possible now. */
  possible?: string[]
}

export interface Session {
  user: { id: string; name: string; email: string; locale: Locale; time_zone: string; roles: string[] }
  tenant: { name: string; label: LocalText; currency: string; time_zone: string; locale: Locale }
  tenants: { name: string; label: LocalText }[]
  features: string[]
  /** Present where somebody acts in the place of the user. */
  impersonation?: Impersonation
  /** Nothing else is open before a second factor is set up. */
  needs_second_factor: boolean
  version: { number: number; hash: string }
}

export type Colour = 'grey' | 'blue' | 'violet' | 'green' | 'amber' | 'red'

export interface ChoiceMeta {
  value: string
  label: LocalText
  colour?: Colour
  retired?: boolean
}

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
  /** The text of a formula over the own record. */
  expression?: string
  returns?: string
  options: Readonly<Record<string, unknown>>
  choices?: ChoiceMeta[]
  /** `referring`: fields of the record that refers on which the choice depends. */
  reference?: { to: string; referring?: string[] }
  lines?: { object: string; through: string }
  operators: FilterOperator[]
  /** Only some characters are shown. */
  masked?: boolean
}

export type FieldsMeta = Readonly<Record<string, FieldMeta>>

export interface ObjectMeta {
  name: string
  label: LocalText
  plural: LocalText
  icon?: string
  /** Whether each record stands for a person. */
  person?: boolean
  name_field: string
  is_owned: boolean
  /** Whether service levels are declared for it. */
  has_clocks?: boolean
  /** What columns of lists can count down, as `promise:<name>`. */
  promises?: { name: string; label: LocalText; help?: LocalText }[]
  parent?: { object: string; field: string }
  lifecycle?: { process: string; state_field: string }
  /** Present where one may share records by hand. */
  sharing?: { longest_days?: number }
  rights: { create: boolean; read: boolean; update: boolean; delete: boolean }
  fields: FieldsMeta
  keys: { name: string; fields: string[] }[]
  validations: { name: string; invalid_when: string; at?: string; message: LocalText }[]
  search: string[]
}

export interface SortKey {
  field: string
  direction?: 'ascending' | 'descending'
}

export type TotalFunction = 'sum' | 'average' | 'minimum' | 'maximum'

export interface ViewMeta {
  name: string
  object: string
  label: LocalText
  type: 'list' | 'board'
  columns: string[]
  filter?: string
  sort: SortKey[]
  totals: Readonly<Record<string, TotalFunction>>
  columns_by?: string
  sum?: string
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

export interface PageMeta {
  facts: string[]
  sections: SectionMeta[]
  related: RelatedMeta[]
}

export interface AppMeta {
  name: string
  label: LocalText
  icon?: string
  items: { name: string; object: string; view?: string; label: LocalText }[]
}

export interface StateMeta {
  path: string
  label: LocalText
  help?: LocalText
  colour?: Colour
  final: boolean
  /** Fields that the person cannot change while a record is here. */
  closed?: string[]
  /** The person cannot delete a record while it is here. */
  undeletable?: boolean
}

export interface EventMeta {
  name: string
  label: LocalText
  help?: LocalText
  primary: boolean
  destructive: boolean
  form: FieldsMeta
}

export interface ProcessMeta {
  name: string
  label: LocalText
  object: string
  state_field?: string
  states: StateMeta[]
  events: (EventMeta & {
    /** By the state that the event finds, the states that it can lead to. */
    targets: Readonly<Record<string, readonly string[]>>
  })[]
  /** By the id of a timer, the states that it leads to. */
  timers: Readonly<Record<string, readonly string[]>>
  /** The moments that states wait for, by the names that timers and the history have. */
  delays: Readonly<Record<string, LocalText>>
  entries: { name: string; label?: LocalText; states: string[] }[]
}

export interface Meta {
  hash: string
  currency: string
  objects: Readonly<Record<string, ObjectMeta>>
  views: ViewMeta[]
  pages: Readonly<Record<string, PageMeta>>
  apps: AppMeta[]
  processes: Readonly<Record<string, ProcessMeta>>
  /** Whether work waits in queues. */
  has_queues?: boolean
}

/** A record in API form: `id`, `version` and the fields by name; a blank is null. */
export interface RecordData {
  id: string
  version: number
  [field: string]: unknown
}

export interface Money {
  amount: string
  currency: string
}

export interface RecordPage {
  rows: RecordData[]
  next: string | null
  count?: { value: number; capped: boolean }
}

export interface RecordQuery {
  fields?: string[]
  expand?: string[]
  filter?: string
  search?: string
  sort?: string[]
  limit?: number
  after?: string
  count?: boolean
  /** Only the records that this field may refer to, given what is filled in. */
  choosable?: {
    object: string
    field: string
    event?: string
    id?: string
    values?: Readonly<Record<string, unknown>>
  }
}

export type Measure = { function: 'count' | TotalFunction; field?: string }

export interface Aggregate {
  groups: { key: Readonly<Record<string, unknown>>; values: Readonly<Record<string, unknown>> }[]
}

export interface Person {
  id: string
  name: string | null
}

export interface HistoryEntry {
  id: string
  at: string
  by: Person | null
  action: string
  version?: number
  changes: Readonly<Record<string, { from: unknown; to: unknown }>>
  /** What became of rows of lines fields. */
  lines: Readonly<Record<string, LinesInHistory>>
  cause?: unknown
  note?: LocalText
}

export interface History {
  entries: HistoryEntry[]
  next: string | null
}

export type StepStatus = 'done' | 'here' | 'possible' | 'ahead' | 'closed'

export interface ProcessEvent extends EventMeta {
  possible: boolean
  reason?: LocalText
}

export interface ProcessView {
  process: string
  label: LocalText
  states: string[]
  /** Of all states in which it is now. */
  tags: StateTag[]
  ended: boolean
  path: { state: string; label: LocalText; colour?: Colour; status: StepStatus }[]
  events: ProcessEvent[]
  parts: {
    process: string
    label: LocalText
    states: { state: string; label: LocalText; colour?: Colour }[]
    tags: StateTag[]
  }[]
  work_items: WorkItem[]
  /** In levels, the newest first. */
  approvals: Approval[]
  due: { event: string; at: string }[]
}

export interface ClockView {
  service_level: string
  promise: string
  label: LocalText
  help?: LocalText
  status: 'running' | 'paused' | 'stopped'
  outcome: 'open' | 'kept' | 'broken'
  target_ms: number
  /** Below nothing once it is late. */
  remaining_ms: number
  percent: number
  /** Whether the time falls now; it turns at `turns_at`. */
  counting: boolean
  turns_at: string | null
  due_at: string | null
  breached_at: string | null
  started_at: string
  ended_at: string | null
  alerts: { name: string; label: LocalText; at: string | null; outcome: 'fired' | 'overtaken' | null }[]
}

/** A clock among the fields of a record in a list (`promise:first_answer`), as it was at a moment. */
export interface CountedClock extends ClockView {
  at: string
}

export interface Clocks {
  at: string
  clocks: ClockView[]
}

export interface EventAnswer {
  record: RecordData
  /** Null where the record is out of the person's sight now. */
  process: ProcessView | null
  created: { object: string; id: string }[]
}

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

/** `waiting`: others act first, or those who were added after. */
export type WorkStatus = 'open' | 'claimed' | 'waiting' | 'done' | 'cancelled'

export interface AddedPerson {
  id: string
  place: 'before' | 'after'
  person: Person
  status: WorkStatus
}

export type PresenceState = 'available' | 'busy' | 'away'

export interface Presence {
  presence: PresenceState
  chosen: PresenceState
  since: string | null
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

export interface QueueView extends QueueSummary {
  items: { item: WorkItem; priority: number; since: string }[]
  people: {
    id: string
    name: string | null
    presence: PresenceState
    load: number
    capacity: number | null
    skills: Readonly<Record<string, number>>
  }[]
  skills: ChoiceMeta[]
}

export interface WorkProfile {
  skills: Readonly<Record<string, number>>
  capacity: number | null
  share: number
  can_change: boolean
  choices: ChoiceMeta[]
}

export interface WorkItem {
  id: string
  kind: 'task' | 'approval'
  title: LocalText
  object: string
  record: { id: string; title: string | null }
  due_at: string | null
  priority: number
  status: WorkStatus
  assignee: Person | null
  candidates: { role?: string }
  /** In which it waits, or from which it came. */
  queue: { name: string; label: LocalText } | null
  /** Who waits for the answer of the assignee. */
  delegated_by: Person | null
  /** Of a part that was added to other work. */
  place: 'before' | 'after' | null
  added: AddedPerson[]
  /** One acts for the assignee, who is away. */
  is_substitute: boolean
  can: WorkAction[]
  form: FieldsMeta
  /** The approval in levels of which it is a part. */
  approval: Approval | null
  outcome?: string
  created_at: string
  version: number
}

export interface ApprovalSeat {
  person: Person
  weight: number
  status: 'asked' | 'ahead' | 'approved' | 'rejected' | 'closed'
  /** Who spoke, where that is somebody else. */
  by: Person | null
  comment: string | null
  at: string | null
}

export interface ApprovalLevel {
  name: string
  label: LocalText
  rule:
    { kind: 'all' | 'any' | 'first' } | { kind: 'share'; share: number } | { kind: 'weight'; weight: number }
  in_turn: boolean
  status: 'approved' | 'rejected' | 'open' | 'ahead' | 'closed'
  /** Why it is decided without votes. */
  because: 'nobody' | 'repeated' | 'deadline' | null
  due_at: string | null
  seats: ApprovalSeat[]
}

/** An approval in levels. */
export interface Approval {
  id: string
  title: LocalText
  status: 'running' | 'approved' | 'rejected' | 'returned' | 'withdrawn' | 'closed'
  requested_by: Person | null
  started_at: string
  ended_at: string | null
  levels: ApprovalLevel[]
  copies: Person[]
  /** To whom an approver may return it now. */
  returns: { requester: boolean; levels: { name: string; label: LocalText }[] }
  can: ('withdraw' | 'take_back')[]
}

export interface WorkLogEntry {
  id: string
  at: string
  by: Person | null
  on_behalf_of: Person | null
  act: string
  from: Person | null
  to: Person | null
  comment: string | null
  detail: Readonly<Record<string, unknown>> | null
}

export interface WorkBulkAnswer {
  results: { id: string; ok: boolean; problem?: Problem }[]
}

export interface Absence {
  id: string
  person: Person
  substitute: Person
  starts_at: string
  ends_at: string
  can_cancel: boolean
}

export interface Notification {
  id: string
  text: LocalText
  object: string | null
  record: string | null
  at: string
  read: boolean
}

export interface BulkOperation {
  op: 'create' | 'update' | 'delete'
  id?: string
  version?: number
  values?: Readonly<Record<string, unknown>>
}

export interface BulkAnswer {
  results: { ok: boolean; id?: string; problem?: Problem }[]
}

export interface ImportPreview {
  file: string
  encoding: string
  delimiter: string
  columns: { name: string; sample: string[]; suggestion: ColumnMapping }[]
  rows: number
}

export type ColumnMapping =
  | string
  | {
      field: string
      match?: string
      create?: boolean
      /** Texts of the file that stand for other texts. */
      values?: Readonly<Record<string, string>>
    }
  | null

export interface ImportOrder {
  file: string
  object: string
  mapping: Readonly<Record<string, ColumnMapping>>
  key?: string
  entry?: string
  on_missing_reference: 'refuse' | 'blank'
  dry_run: boolean
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

export interface ImportProblems {
  rows: {
    line: number
    problems: { field?: string; column?: string; code: string; message: LocalText }[]
    source: Readonly<Record<string, string>>
  }[]
  next: string | null
}

/** A text of the file that stands for no choice or record. */
export interface UnknownValue {
  column: string
  field: string
  text: string
  rows: number
}

export interface SearchHit {
  object: string
  id: string
  title: string
  snippet?: string
}

export type LiveEvent =
  | { event: 'change'; data: { object: string; id: string; version: number; action: string } }
  /** So much has changed that records are not told one by one. */
  | { event: 'many'; data: { objects: string[] } }
  | { event: 'published'; data: { hash: string } }
  | { event: 'work'; data: Readonly<Record<string, unknown>> }
