import type { ObjectModel } from '../../../model/model.ts'
import { inside } from '../../../model/problem-list.ts'
import { suggest } from '../../../nearest.ts'
import type { Linkage } from '../../linkage.ts'
import type { ProcessDraft } from '../draft-process.ts'

/** The object exists; the process governs it, or is a part of others that do. */
export function checkGovernance(linkage: Linkage, process: ProcessDraft): void {
  const object = linkage.objects.get(process.object)
  if (object === undefined) {
    linkage.problems.error({
      at: inside(process.at, 'object'),
      code: 'unknown_object',
      message: `There is no object "${process.object}".`,
      remedy: suggest(process.object, linkage.objects.keys(), 'Known objects'),
    })
    return
  }
  if (process.stateField === undefined) checkPart(linkage, process)
  else checkGoverning(linkage, { ...process, stateField: process.stateField }, object)
}

/** What only a process with a state field can do. */
const ofGoverning = {
  starts: 'it begins where it is invoked',
  entries: 'it has no state field in which an import could place a record',
} as const

function checkPart(linkage: Linkage, { document, at, name }: ProcessDraft): void {
  for (const [key, why] of Object.entries(ofGoverning))
    if (document[key] !== undefined)
      linkage.problems.error({
        at: inside(at, key),
        code: 'part_of_others',
        message: `"${name}" has no "state_field" and so is a part of other processes: ${why}.`,
        remedy: `Remove "${key}", or add "state_field".`,
      })
}

/** The object names this process as its lifecycle, and has the state field. */
function checkGoverning(
  linkage: Linkage,
  process: ProcessDraft & { readonly stateField: string },
  object: ObjectModel,
): void {
  if (process.document.starts === undefined)
    linkage.problems.error({
      at: process.at,
      code: 'lifecycle',
      message: `The process governs "${object.name}" and does not say when it begins.`,
      remedy: 'Add "starts": "on_create".',
    })
  if (object.lifecycle?.process !== process.name)
    linkage.problems.error({
      at: inside(process.at, 'object'),
      code: 'lifecycle',
      message:
        object.lifecycle === undefined
          ? `The object "${object.name}" does not say that this process governs it.`
          : `The object "${object.name}" is governed by "${object.lifecycle.process}".`,
      remedy: `Write "lifecycle": "${process.name}" in the object.`,
    })
  const field = object.fields.get(process.stateField)
  if (field?.type.name === 'state') return
  const fields = [...object.fields.values()]
    .filter(({ type }) => type.name === 'state')
    .map(({ name }) => name)
  linkage.problems.error({
    at: inside(process.at, 'state_field'),
    code: 'lifecycle',
    message:
      field === undefined
        ? `The object "${object.name}" has no field "${process.stateField}".`
        : `"${object.name}.${field.name}" is of type ${field.type.name}, not state.`,
    remedy: suggest(process.stateField, fields, `State fields of "${object.name}"`),
  })
}
