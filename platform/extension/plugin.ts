import type { FieldType } from '../definitions/field-types/field-type.ts'
import type { GetRequest, ListPage, ListRequest, RecordValues } from '../records/index.ts'

/** What a plugin may use while it works: the records, under the rights of its role or else of whoever acts. */
export interface PluginContext {
  /** The person's id; undefined where a timer acts. */
  readonly userId: string | undefined
  readonly roles: readonly string[]
  /** The moment of the work; use it instead of the machine's clock. */
  readonly now: Date
  get(request: GetRequest): Promise<RecordValues>
  list(request: ListRequest): Promise<ListPage>
}

/** A record about to be written, as a hook sees it. `R` is an interface made by `tessera types`. */
export interface Write<R> {
  readonly action: 'create' | 'update'
  readonly id: string
  /** The record before; undefined when it is created. */
  readonly before: Readonly<Partial<R>> | undefined
  /** The whole record as it would be written. */
  readonly values: Readonly<Partial<R>>
}

export interface BeforeWriteHook {
  readonly object: string
  readonly run: (write: Write<Record<string, unknown>>, context: PluginContext) => unknown
}

/** A process's `call`: gets the declared values and the record, gives fields of the record to set. */
export type PluginAction = (
  call: { readonly values: RecordValues; readonly object: string; readonly record: RecordValues },
  context: PluginContext,
) => RecordValues | undefined | Promise<RecordValues | undefined>

/** What a plugin adds. Names of field types and actions begin with the plugin's name. */
export interface Plugin {
  readonly name: string
  /** The role whose rights its reads have; without it those of the person or the process that acts. */
  readonly runAs?: string
  readonly fieldTypes?: readonly FieldType[]
  readonly hooks?: readonly BeforeWriteHook[]
  /** By name without the plugin's: `check` of the plugin `credit_code` is called as `credit_code.check`. */
  readonly actions?: Readonly<Record<string, PluginAction>>
}
