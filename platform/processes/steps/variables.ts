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

/** A form's values as expressions see them: they may go through its references. */
export function eventVariables(
  opened: OpenedRecords,
  options: { process: ProcessModel; form: ReadonlyMap<string, FieldModel>; values: RecordValues },
): RecordValues {
  const { process, form, values } = options
  const variables: Record<string, unknown> = { ...values }
  for (const { name, reference } of form.values()) {
    const id = referenceId(values[name])
    if (reference === undefined || id === null) continue
    const deeper = eventPaths(processPaths(process), name)
    if (deeper.length > 0) variables[name] = opened.reference(reference.to, id, deeper)
  }
  return variables
}

function eventPaths({ event, allEvent }: ProcessPaths, name: string): readonly (readonly string[])[] {
  const known = event.get(name) ?? pathsBelow(allEvent, name)
  event.set(name, known)
  return known
}
