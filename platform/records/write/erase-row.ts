import type { FieldModel, ObjectModel } from '../../definitions/model/model.ts'
import { personalFields } from '../../definitions/privacy/personal-fields.ts'
import { asConsequence, type UnitOfWork } from '../unit-of-work.ts'
import { isBlank, isSame, type RecordValues } from '../values.ts'
import { runWrite, searchTokens } from './outgoing.ts'
import { lockPrior } from './prior.ts'
import { refreshRollups } from './rollups.ts'
import { fieldSlots, updateStatement } from './statements.ts'

/** Types that take a text in place of the person's. */
const replaceable: ReadonlySet<string> = new Set(['text', 'long_text', 'email'])

/**
 * Blanks the personal fields of a record, also of one that was deleted, and its words in full-text search. What is
 * required and what titles the record gets a text that stands for nobody. No rule and no right is asked: an erasure is
 * demanded by the law. The history says that it happened, not what was there.
 * @returns the record as it was
 */
export async function eraseRow(
  unit: UnitOfWork,
  { object, id, isDeleted }: { object: ObjectModel; id: string; isDeleted: boolean },
): Promise<RecordValues> {
  const consequence = asConsequence(unit)
  const before = await lockPrior(consequence, { object, id, action: 'update', isDeleted })
  const values: Record<string, unknown> = { ...before }
  for (const field of personalFields(object)) values[field.name] = erased(object, field, before)
  const fields = personalFields(object).filter(({ name }) => !isSame(before[name], values[name]))
  const after = await runWrite(consequence, {
    object,
    compiled: updateStatement(consequence, object, fields, true),
    environment: {
      id,
      ...fieldSlots(fields, values),
      tokens: isDeleted ? [] : searchTokens(object, values),
      action: 'erase',
      changes: {},
    },
  })
  const changed = new Set(fields.map(({ name }) => name))
  await refreshRollups(consequence, { object, before, after, changed })
  if (object.lifecycle !== undefined && !isDeleted)
    await unit.ports.lifecycle?.changed(consequence, { object, record: after, fields: changed })
  return before
}

function erased(object: ObjectModel, field: FieldModel, before: RecordValues): unknown {
  const { name, type, isRequired, requiredWhen } = field
  const isNeeded = isRequired || requiredWhen !== undefined || name === object.nameField
  if (isBlank(before[name]) || !isNeeded || !replaceable.has(type.name)) return null
  // Of the record's id, which stays: two records never get the same.
  const nobody = `erased-${String(before.id).slice(-12)}`
  if (type.name === 'email') return `${nobody}@erased.invalid`
  return nobody.slice(0, Number(field.context.declaration.max_length ?? nobody.length))
}
