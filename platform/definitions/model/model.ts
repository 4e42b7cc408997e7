import type { Calendar } from '../../calendars/calendar.ts'
import type { Expression, ExprType } from '../../language/types.ts'
import type { PluginVocabulary } from '../link/plugin-vocabulary.ts'
import type { ColumnSpec, FieldContext, FieldType } from '../field-types/field-type.ts'
import type { ApprovalModel } from './approval.ts'
import type { ConnectionModel } from './connection.ts'
import type { MigrationModel, ReleaseModel } from './process-versions.ts'
import type { PersonalCategory, PrivacyModel } from './privacy.ts'
import type { QueueModel } from './queue.ts'
import type { ServiceLevelModel } from './service-level.ts'
import type { TriggerModel } from './trigger.ts'

/** A text for people: one string, or one per locale. */
export type LocalText = string | Readonly<Record<string, string>>

export type KindName =
  | 'object'
  | 'choice_set'
  | 'role'
  | 'view'
  | 'page'
  | 'app'
  | 'sequence'
  | 'calendar'
  | 'connection'
  | 'queue'
  | 'process'
  | 'service_level'
  | 'trigger'

/** The merged documents of a tenant: kind -> name -> document. Key order is kept; it is entry order in machines. */
export type DocumentSet = Readonly<
  Record<KindName, Readonly<Record<string, Readonly<Record<string, unknown>>>>>
>

/**
 * Everything that is declared for one tenant: checked, linked, compiled and frozen. Nobody reads raw declarations
 * after it is built; it can be rebuilt from `documents` and `settings` at any time.
 */
export type Sources = Readonly<Record<string, readonly string[]>>

export interface Model {
  /** SHA-256 (hex) of settings and documents. */
  readonly hash: string
  readonly settings: TenantSettings
  readonly packages: readonly PackageModel[]
  /** What plugins added to the vocabulary with which it was linked. */
  readonly plugins: PluginVocabulary
  readonly documents: DocumentSet
  /** The files that make up each document (`role/seller`), the declaring one first; empty where it came from no files. */
  readonly sources: Sources
  readonly objects: ReadonlyMap<string, ObjectModel>
  readonly choiceSets: ReadonlyMap<string, ChoiceSetModel>
  readonly roles: ReadonlyMap<string, RoleModel>
  readonly views: ReadonlyMap<string, ViewModel>
  readonly pages: ReadonlyMap<string, PageModel>
  readonly apps: ReadonlyMap<string, AppModel>
  readonly sequences: ReadonlyMap<string, SequenceModel>
  /** Working calendars, ready for arithmetic. */
  readonly calendars: ReadonlyMap<string, Calendar>
  /** Outside systems to which requests may be sent. */
  readonly connections: ReadonlyMap<string, ConnectionModel>
  /** Where work waits, in order. */
  readonly queues: ReadonlyMap<string, QueueModel>
  readonly processes: ReadonlyMap<string, ProcessModel>
  /** By the object whose records they are promised for, each list by `order`; objects without one are not there. */
  readonly serviceLevels: ReadonlyMap<string, readonly ServiceLevelModel[]>
  readonly triggers: ReadonlyMap<string, TriggerModel>
  /** Those that a write can set off or make due, by object; objects without one are not there. */
  readonly triggersOfWrites: ReadonlyMap<string, readonly TriggerModel[]>
}

export interface TenantSettings {
  readonly currency: string
  readonly timeZone: string
  readonly locale: 'en' | 'zh-CN'
}

export interface PackageModel {
  readonly name: string
  readonly version: string
  readonly label: LocalText | undefined
}

export interface ObjectModel {
  readonly name: string
  readonly formerly: string | undefined
  readonly label: LocalText
  readonly plural: LocalText
  readonly description: LocalText | undefined
  readonly icon: string | undefined
  readonly nameField: string
  readonly isOwned: boolean
  /** The reference field to the record of which this one is a line. */
  readonly parent: FieldModel | undefined
  /** The process that governs the state field, by name, and that field. */
  readonly lifecycle: { readonly process: string; readonly stateField: string } | undefined
  /** All fields in order: `id`, declared ones, `owner`, then created_at, created_by, updated_at, updated_by. */
  readonly fields: ReadonlyMap<string, FieldModel>
  readonly keys: readonly KeyModel[]
  readonly indexes: readonly KeyModel[]
  readonly validations: readonly ValidationModel[]
  readonly searchFields: readonly FieldModel[]
  readonly hasHistory: boolean
  readonly privacy: PrivacyModel
  /** The reference that makes a tree of the records. */
  readonly hierarchy: string | undefined
  readonly territory: TerritoryModel | undefined
  readonly sharing: SharingModel
  /** Roll-ups of other objects that must be recomputed when a record of this object changes. */
  readonly feeds: readonly RollupFeed[]
  /** References of any object (this one included) that point here. */
  readonly referencedBy: readonly {
    readonly object: string
    readonly field: string
    readonly onDelete: OnDelete
  }[]
}

export interface TerritoryModel {
  /** The reference of a record to its territory. */
  readonly field: string
  /** The field of `user` that names the territories of a person. */
  readonly ofPerson: FieldModel
}

export interface SharingModel {
  readonly byHand: boolean
  readonly longestDays: number | undefined
  readonly rules: readonly SharingRuleModel[]
}

export interface SharingRuleModel {
  readonly name: string
  readonly label: LocalText
  readonly roles: ReadonlySet<string>
  readonly where: Expression
  readonly access: 'read' | 'update'
}

export type OnDelete = 'restrict' | 'clear' | 'cascade'

export interface KeyModel {
  readonly name: string
  readonly fields: readonly string[]
}

export interface ValidationModel {
  readonly name: string
  readonly invalidWhen: Expression
  readonly at: string | undefined
  readonly message: LocalText
}

export interface RollupFeed {
  readonly object: string
  readonly field: string
  /** The reference field of the feeding object that points to the roll-up's record. */
  readonly through: string
}

export interface FieldModel {
  readonly name: string
  readonly object: string
  readonly type: FieldType
  readonly context: FieldContext
  readonly formerly: string | undefined
  readonly label: LocalText
  readonly help: LocalText | undefined
  /** id, created_at, ... : kept by the platform. */
  readonly isSystem: boolean
  /** Columns with their full names; empty for relations and for formulas computed when read. */
  readonly columns: readonly (ColumnSpec & { readonly name: string })[]
  readonly expressionType: ExprType
  readonly isRequired: boolean
  readonly requiredWhen: Expression | undefined
  readonly visibleWhen: Expression | undefined
  readonly defaultValue: unknown
  readonly defaultExpression: Expression | undefined
  readonly isReadOnly: boolean
  readonly isUnique: boolean
  readonly isIndexed: boolean
  readonly choices: ReadonlyMap<string, ChoiceModel> | undefined
  readonly reference: ReferenceModel | undefined
  /** references (many to many): the join table `<object>__<field>` (record uuid, target uuid). */
  readonly joinTable: string | undefined
  readonly lines: { readonly object: string; readonly through: string } | undefined
  readonly formula: FormulaModel | undefined
  readonly rollup: RollupModel | undefined
  readonly sequence: string | undefined
  /** Of what kind the personal data are that it holds, if any. */
  readonly personal?: PersonalCategory | undefined
}

export interface ReferenceModel {
  readonly to: string
  readonly onDelete: OnDelete
  /**
   * Over the candidate as `record`, `user`, and as `referring` the record that refers; in a form, that whose process
   * it is.
   */
  readonly where: Expression | undefined
  /** Set where the condition reads `referring`. */
  readonly referring: ReferringModel | undefined
}

export interface ReferringModel {
  /** The object behind `referring`. */
  readonly object: string
  /** Fields of it that the condition begins with: when one of them changes, the reference is checked anew. */
  readonly fields: ReadonlySet<string>
}

export interface FormulaModel {
  readonly expression: Expression
  /** A generated column (own stored fields only, not dependent on the moment); else computed when read. */
  readonly isGenerated: boolean
}

export interface RollupModel {
  readonly of: string
  readonly through: string
  readonly function: 'count' | 'sum' | 'minimum' | 'maximum' | 'average'
  readonly field: string | undefined
  readonly where: Expression | undefined
}

export interface ChoiceModel {
  readonly value: string
  readonly label: LocalText
  readonly colour: string | undefined
  readonly isRetired: boolean
}

export interface ChoiceSetModel {
  readonly name: string
  readonly label: LocalText | undefined
  readonly choices: ReadonlyMap<string, ChoiceModel>
}

export type RecordLevel = 'none' | 'own' | 'team' | 'subordinates' | 'territory' | 'all'

export interface RecordRight {
  readonly level: RecordLevel
  readonly where: Expression | undefined
}

/** How many characters of a text are shown, at its beginning and at its end. */
export interface Mask {
  readonly first: number
  readonly last: number
}

export type DeclaredFieldRight = 'hidden' | 'read' | 'write' | Mask

export interface ObjectRights {
  readonly create: boolean
  readonly read: RecordRight
  readonly update: RecordRight
  readonly delete: RecordRight
  /** Field -> right; `*` for the others. */
  readonly fields: ReadonlyMap<string, DeclaredFieldRight>
}

export type Feature =
  'import' | 'bulk' | 'api_keys' | 'administer' | 'operate' | 'publish' | 'impersonate' | 'audit' | 'erase'

export interface RoleModel {
  readonly name: string
  readonly label: LocalText
  readonly description: LocalText | undefined
  readonly features: ReadonlySet<Feature>
  readonly isPortal: boolean
  /** Holders do nothing in a session without a second factor. */
  readonly needsSecondFactor: boolean
  readonly objects: ReadonlyMap<string, ObjectRights>
  /** The objects that it names; the others have what it says of `*`. */
  readonly named: ReadonlySet<string>
}

/** A field reached from an object through references: `account.owner.name`. */
export type FieldPath = readonly FieldModel[]

export interface ViewModel {
  readonly name: string
  readonly object: string
  readonly label: LocalText
  readonly type: 'list' | 'board'
  readonly columns: readonly string[]
  readonly filter: Expression | undefined
  readonly filterText: string | undefined
  readonly sort: readonly { readonly field: string; readonly direction: 'ascending' | 'descending' }[]
  readonly totals: Readonly<Record<string, 'sum' | 'average' | 'minimum' | 'maximum'>>
  readonly columnsBy: string | undefined
  readonly sum: string | undefined
}

export interface PageModel {
  readonly name: string
  readonly object: string
  readonly facts: readonly string[]
  readonly sections: readonly {
    readonly name: string
    readonly label: LocalText
    readonly columns: number
    readonly fields: readonly string[]
    readonly visibleWhen: Expression | undefined
  }[]
  readonly related: readonly {
    readonly name: string
    readonly label: LocalText
    readonly object: string
    readonly through: string
    readonly columns: readonly string[]
    readonly visibleWhen: Expression | undefined
  }[]
}

export interface AppModel {
  readonly name: string
  readonly label: LocalText
  readonly icon: string | undefined
  readonly roles: ReadonlySet<string> | undefined
  readonly items: readonly {
    readonly name: string
    readonly object: string
    readonly view: string | undefined
    readonly label: LocalText
  }[]
}

export interface SequenceModel {
  readonly name: string
  readonly format: string
  readonly start: number
  readonly restart: 'never' | 'year' | 'month'
  readonly isGapless: boolean
}

export interface ProcessModel {
  readonly name: string
  readonly label: LocalText
  readonly object: string
  /** The field that shows where a record is; undefined for a process that is a part of others. */
  readonly stateField: string | undefined
  /** SHA-256 of `text`: instances are pinned to it. */
  readonly hash: string
  /** The document as text, key order kept, without what is said about the change to it (`release`, `migration`). */
  readonly text: string
  readonly runAs: string | undefined
  readonly events: ReadonlyMap<string, EventModel>
  readonly entries: readonly {
    readonly name: string
    readonly states: ReadonlySet<string>
    readonly roles: ReadonlySet<string>
  }[]
  readonly context: Readonly<Record<string, unknown>>
  /** What `after` names beside durations. */
  readonly delays: ReadonlyMap<string, DelayModel>
  /**
   * The XState configuration (plain JSON) in which every expression (guards, `when`, `values`, `text`, `to`,
   * `target` of actions, `assignee` ...) is replaced by its number in `expressions`, and every field of a work item's
   * form by nothing: forms are in `forms`, by invocation id.
   */
  readonly machine: MachineNode
  /** Leaf states by dotted path in document order, with what people read. */
  readonly states: ReadonlyMap<string, StateModel>
  readonly expressions: readonly Expression[]
  /** The forms of invoked tasks and approvals, by invocation id. */
  readonly forms: ReadonlyMap<string, ReadonlyMap<string, FieldModel>>
  /** Approvals in levels, by invocation id. */
  readonly approvals: ReadonlyMap<string, ApprovalModel>
  /** What is invoked, by invocation id: `task`, `wait_for` ... */
  readonly actors: ReadonlyMap<string, string>
  /** What is waited for, by invocation id. */
  readonly waits: ReadonlyMap<string, WaitModel>
  /** For which new records the version is meant; undefined for one that is for all. */
  readonly release: ReleaseModel | undefined
  /** How records of earlier versions go on in this one; undefined where they stay on theirs. */
  readonly migration: MigrationModel | undefined
}

/** What has to hold of a record. */
export interface WaitModel {
  readonly object: string
  /** Over `record`. */
  readonly until: Expression
}

/** A moment that an expression gives, for `after`. */
export interface DelayModel {
  readonly name: string
  readonly label: LocalText
  /** Number of the expression, over `record` and `context`: a date (the beginning of that day) or a datetime. */
  readonly until: number
  /**
   * The record's own fields that it begins with: when one of them changes, so does the moment. Empty for one that is
   * counted from entering the state, with now() or today().
   */
  readonly fields: ReadonlySet<string>
}

export interface StateModel {
  readonly path: string
  readonly label: LocalText
  readonly help: LocalText | undefined
  readonly colour: string | undefined
  readonly isFinal: boolean
  /** What is closed to people here, by this state and those around it. */
  readonly locks: readonly LockModel[]
  /** Of this state and those around it: choices of the choice set `state_tag`. */
  readonly tags: ReadonlySet<string>
}

/** Fields that people cannot change while a record is in a state. */
export interface LockModel {
  readonly isAll: boolean
  /** Single fields: true for closed, false for left open. */
  readonly fields: ReadonlyMap<string, boolean>
  /** Roles for which nothing is closed. */
  readonly roles: ReadonlySet<string>
}

export interface EventModel {
  readonly name: string
  readonly label: LocalText
  readonly help: LocalText | undefined
  readonly isPrimary: boolean
  readonly isDestructive: boolean
  readonly allowedRoles: ReadonlySet<string> | undefined
  readonly allowedWhen: Expression | undefined
  readonly needs: 'read' | 'update'
  readonly form: ReadonlyMap<string, FieldModel>
}

/** A node of an XState v5 configuration, as far as the process schema admits it. */
export type MachineNode = Readonly<Record<string, unknown>>
