import { TesseraError } from '../../access/errors.ts'
import { isRecordId } from '../read/get.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { explanationOf, type AccessQuestion, type Explanation, type LevelExplained } from './explanation.ts'
import { fieldGrounds, objectGrounds, type Reader } from './grounds-of-roles.ts'
import { recordGrounds } from './record-grounds.ts'

/**
 * Why the principal of the unit may or may not do something: level by level, with the declarations that decide. It asks
 * the database with the very conditions that reads and writes are made of.
 * @param options reader: who is told, where that is somebody else
 * @throws TesseraError not_found for an object or a field that is not declared
 */
export async function explainAccess(
  unit: UnitOfWork,
  question: AccessQuestion,
  { reader = unit }: { reader?: Reader } = {},
): Promise<Explanation> {
  const { model, principal } = unit
  const { action, field: fieldName, record } = question
  const object = model.objects.get(question.object)
  if (object === undefined) throw new TesseraError('not_found', `There is no object "${question.object}".`)
  const { roles } = principal
  const levels: LevelExplained[] = []
  const grounds = objectGrounds(reader, { roles, object, action })
  levels.push({ level: 'object', action, allows: grounds.some(({ allows }) => allows), grounds })
  if (record !== undefined && isRecordId(record) && action !== 'create')
    // What may not be read cannot be changed either.
    for (const asked of action === 'read' ? (['read'] as const) : (['read', action] as const)) {
      const admitted = await recordGrounds(unit, { object, id: record, action: asked, reader })
      levels.push({
        level: 'record',
        action: asked,
        allows: admitted.some(({ allows }) => allows),
        grounds: admitted,
      })
    }
  if (fieldName !== undefined) {
    const field = object.fields.get(fieldName)
    if (field === undefined)
      throw new TesseraError('not_found', `"${fieldName}" is not a field of ${object.name}.`)
    const needs = action === 'read' || action === 'delete' ? 'read' : 'write'
    const effective = unit.rights.object(object.name).field(fieldName)
    const isKept =
      needs === 'write' &&
      (field.isReadOnly || field.type.storage === 'computed' || field.type.name === 'state')
    levels.push({
      level: 'field',
      action: needs,
      allows: !isKept && (effective === 'write' || (needs === 'read' && effective === 'read')),
      grounds: fieldGrounds(model, { roles, object, field: fieldName, needs }),
      ...(isKept ? { reason: 'kept_by_product' } : {}),
    })
  }
  return explanationOf(roles, levels)
}
