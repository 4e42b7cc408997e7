import { model } from '#lib/domain/session/model.svelte.ts'
import type { CountedClock, FieldMeta, ObjectMeta, RecordData } from '#lib/shared/api/types.ts'
import { local } from '#lib/shared/i18n/i18n.svelte.ts'
import { alignOf } from '../fields/align.ts'
import { targetObject } from '../fields/reference-target.ts'
import { viewOf } from '../fields/looks.ts'

/**
 * A column of a list: a field of the object, one reached through references (`account.name`), or the countdown of a
 * promise (`promise:first_answer`).
 */
export interface Column {
  path: string
  /** The field whose cell is drawn; of a promise what stands for it. */
  field: FieldMeta
  /** The promise that is counted down. */
  promise?: string
  label: string
  width: number
  align: 'start' | 'end'
  /** What is asked of the server so that the cell can be drawn. */
  asked: string
  isSortable: boolean
  value(record: RecordData): unknown
}

/** The column of a path; undefined where the person may not see a part of it. */
export function columnOf(object: ObjectMeta, path: string): Column | undefined {
  if (path.startsWith(promisePrefix)) return promiseColumn(object, path)
  const fields = fieldsOnPath(object, path)
  const last = fields?.at(-1)
  if (fields === undefined || last === undefined) return undefined
  // The name of a record referred to is drawn as the reference itself, which can be followed.
  const through = fields.at(-2)
  const isName = through !== undefined && model.object(targetObject(through))?.name_field === last.name
  const field = isName ? through : last
  const steps = path.split('.')
  const shownSteps = isName ? steps.slice(0, -1) : steps
  const label = isName ? local(through.label) : fields.map((part) => local(part.label)).join(' › ')
  return {
    path,
    field,
    label: label || path,
    width: Math.max(viewOf(field).width, Math.min(label.length * 8 + 44, 240)),
    align: alignOf(field),
    asked: nameAsked(field, shownSteps.join('.')),
    isSortable:
      field.masked !== true && !['lines', 'references', 'choices', 'json', 'address'].includes(field.type),
    value: (record) => shownSteps.reduce<unknown>(step, record),
  }
}

const promisePrefix = 'promise:'

/** The paths of all promises that lists of an object can count down. */
export function promisePaths({ promises = [] }: ObjectMeta): readonly string[] {
  return promises.map(({ name }) => `${promisePrefix}${name}`)
}

/** The countdowns among the values of records. */
export function clocksIn(rows: readonly RecordData[]): readonly CountedClock[] {
  return rows.flatMap((row) =>
    Object.entries(row).flatMap(([path, value]) =>
      path.startsWith(promisePrefix) && value !== null ? [value as CountedClock] : [],
    ),
  )
}

function promiseColumn(object: ObjectMeta, path: string): Column | undefined {
  const promise = object.promises?.find(({ name }) => path === `${promisePrefix}${name}`)
  if (promise === undefined) return undefined
  return {
    path,
    field: {
      ...{ name: path, type: 'promise', label: promise.label, options: {}, operators: [] },
      ...{ required: false, read_only: true, writable: false, system: false },
    },
    promise: promise.name,
    label: local(promise.label),
    width: 190,
    align: 'start',
    asked: path,
    isSortable: true,
    value: (record) => record[path],
  }
}

export function columnsOf(object: ObjectMeta, paths: readonly string[]): readonly Column[] {
  return paths.flatMap((path) => columnOf(object, path) ?? [])
}

/** What the server sorts by for a column: a reference sorts by the name of its record. */
export function sortPath(column: Column): string {
  return column.asked
}

function fieldsOnPath(object: ObjectMeta, path: string): FieldMeta[] | undefined {
  const found: FieldMeta[] = []
  let at: ObjectMeta | undefined = object
  for (const name of path.split('.')) {
    const field: FieldMeta | undefined = at?.fields[name]
    if (field === undefined) return undefined
    found.push(field)
    at = isReference(field) ? model.object(targetObject(field)) : undefined
  }
  return found
}

/** A reference is asked for with its title, so that no id is ever shown. */
function nameAsked(field: FieldMeta, path: string): string {
  if (!isReference(field)) return path
  const nameField = model.object(targetObject(field))?.name_field
  return nameField === undefined ? path : `${path}.${nameField}`
}

function isReference(field: FieldMeta): boolean {
  return field.type === 'reference' || field.type === 'user'
}

function step(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}
