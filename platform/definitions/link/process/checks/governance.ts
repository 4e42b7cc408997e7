import { inside } from '../../../model/problem-list.ts'
import { suggest } from '../../../nearest.ts'
import type { Linkage } from '../../linkage.ts'
import type { ProcessDraft } from '../draft-process.ts'

/** The object exists, names this process as its lifecycle, and has the state field. */
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
