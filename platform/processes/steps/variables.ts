import type { FieldModel, ObjectModel, ProcessModel } from '../../definitions/model/model.ts'
import { referenceId, type RecordValues } from '../../records/values.ts'
import { recordPaths } from '../../records/write/evaluation.ts'
import { pathsBelow, type OpenedRecords } from './opened-records.ts'

interface ProcessPaths {
  readonly record: readonly (readonly string[])[]
  /** By the name of a form's field. */
  readonly event: Map<string, readonly (readonly string[])[]>
  readonly allEvent: readonly (readonly string[])[]
}

const pathsOf = new WeakMap<ProcessModel, ProcessPaths>()

function processPaths(process: ProcessModel): ProcessPaths {
  let paths = pathsOf.get(process)
  if (paths === undefined) {
    const conditions = [...process.events.values()]
      .map((event) => event.allowedWhen)
      .filter((each) => each !== undefined)
    const expressions = [...process.expressions, ...conditions]
    paths = {
      record: recordPaths(expressions),
      event: new Map(),
      allEvent: recordPaths(expressions, 'event'),
    }
    pathsOf.set(process, paths)
  }
  return paths
}

/** The process's record as its expressions see it. */
export function processRecord(
  opened: OpenedRecords,
  options: { object: ObjectModel; process: ProcessModel; values: RecordValues },
): RecordValues {
  return opened.record(options.object, options.values, processPaths(options.process).record)
}

/** Values that a step sets on its own record, as the expressions after it see them. */
export function ownValues(
  opened: OpenedRecords,
  options: { object: ObjectModel; process: ProcessModel; values: RecordValues },
): RecordValues {
  const { record } = processPaths(options.process)
  return withReferences(opened, {
    fields: options.object.fields,
    values: options.values,
    pathsOf: (name) => pathsBelow(record, name),
  })
}

/** A form's values as expressions see them: they may go through its references. */
export function eventVariables(
  opened: OpenedRecords,
  options: { process: ProcessModel; form: ReadonlyMap<string, FieldModel>; values: RecordValues },
): RecordValues {
  const paths = processPaths(options.process)
  return withReferences(opened, {
    fields: options.form,
    values: options.values,
    pathsOf: (name) => eventPaths(paths, name),
  })
}

function withReferences(
  opened: OpenedRecords,
  options: {
    fields: ReadonlyMap<string, FieldModel>
    values: RecordValues
    pathsOf: (name: string) => readonly (readonly string[])[]
  },
): RecordValues {
  const variables: Record<string, unknown> = { ...options.values }
  for (const [name, value] of Object.entries(options.values)) {
    const reference = options.fields.get(name)?.reference
    const id = reference === undefined ? null : referenceId(value)
    if (reference === undefined || id === null) continue
    const deeper = options.pathsOf(name)
    if (deeper.length > 0) variables[name] = opened.reference(reference.to, id, deeper)
  }
  return variables
}

function eventPaths({ event, allEvent }: ProcessPaths, name: string): readonly (readonly string[])[] {
  const known = event.get(name) ?? pathsBelow(allEvent, name)
  event.set(name, known)
  return known
}
