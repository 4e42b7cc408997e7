import type { FieldModel, ObjectModel, ProcessModel } from '../../definitions/model/model.ts'
import { evaluationRecord, loadForRules, recordPaths } from '../../records/write/evaluation.ts'
import { readLines } from '../../records/read/get.ts'
import { asConsequence, type UnitOfWork } from '../../records/unit-of-work.ts'
import { referenceId, type RecordValues } from '../../records/values.ts'

interface ProcessPaths {
  readonly record: readonly (readonly string[])[]
  readonly event: readonly (readonly string[])[]
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
      event: recordPaths(expressions, 'event').filter((path) => path.length > 1),
    }
    pathsOf.set(process, paths)
  }
  return paths
}

/** The process's record as its expressions see it: references as far as any of them reaches, lines where one reads them. */
export async function processRecord(
  unit: UnitOfWork,
  options: { object: ObjectModel; process: ProcessModel; values: RecordValues },
): Promise<RecordValues> {
  const { object, process, values } = options
  const paths = processPaths(process).record
  const record = (await evaluationRecord(unit, { object, values, paths })) as Record<string, unknown>
  for (const field of object.fields.values())
    if (field.lines !== undefined && paths.some(([name]) => name === field.name))
      record[field.name] = await readLines(asConsequence(unit), field, String(values.id))
  return record
}

/** A form's values as expressions see them: records behind references are loaded as far as an expression reaches. */
export async function eventVariables(
  unit: UnitOfWork,
  options: { process: ProcessModel; form: ReadonlyMap<string, FieldModel>; values: RecordValues },
): Promise<RecordValues> {
  const variables: Record<string, unknown> = { ...options.values }
  for (const field of options.form.values()) {
    const deeper = processPaths(options.process)
      .event.filter(([name]) => name === field.name)
      .map((path) => path.slice(1))
    const id = referenceId(options.values[field.name])
    if (field.reference === undefined || deeper.length === 0 || id === null) continue
    variables[field.name] = await loadForRules(unit, { object: field.reference.to, id, paths: deeper })
  }
  return variables
}
