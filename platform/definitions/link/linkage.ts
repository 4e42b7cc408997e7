import type { FieldTypeRegistry } from '../field-types/registry.ts'
import type {
  ChoiceSetModel,
  DocumentSet,
  EventModel,
  ObjectModel,
  SequenceModel,
  StateModel,
  TenantSettings,
} from '../model/model.ts'
import type { ConnectionModel } from '../model/connection.ts'
import type { ProblemList } from '../model/problem-list.ts'
import type { NamesSince } from './process/names-since.ts'

/** A part of the Model while it is being linked. */
export type Draft<T> = { -readonly [Key in keyof T]: T[Key] }

/** What other declarations need to know about a process before its machine is linked. */
export interface ProcessOutline {
  readonly name: string
  readonly object: string
  /** Undefined for a process that is a part of others. */
  readonly stateField: string | undefined
  readonly states: ReadonlyMap<string, StateModel>
  readonly events: ReadonlyMap<string, EventModel>
  /** Its own memory at the start. */
  readonly context: Readonly<Record<string, unknown>>
}

/** Everything that names in declarations can refer to. Filled phase by phase; see build-model.ts. */
export interface Linkage {
  readonly settings: TenantSettings
  readonly documents: DocumentSet
  readonly registry: FieldTypeRegistry
  readonly problems: ProblemList
  /** Actions that plugins provide. */
  readonly pluginActions: ReadonlySet<string>
  readonly roles: ReadonlySet<string>
  readonly choiceSets: ReadonlyMap<string, ChoiceSetModel>
  readonly sequences: ReadonlyMap<string, SequenceModel>
  readonly connections: ReadonlyMap<string, ConnectionModel>
  readonly objects: ReadonlyMap<string, ObjectModel>
  /** Names of events that some process sends to another. */
  readonly sentEvents: ReadonlySet<string>
  readonly processes: ReadonlyMap<string, ProcessOutline>
  /** Set while a document from before is linked, whose names may have changed since. */
  readonly names?: NamesSince | undefined
}
