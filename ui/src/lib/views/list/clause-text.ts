import { textOf } from '#lib/domain/fields/looks.ts'
import { columnOf } from '#lib/domain/records/columns.ts'
import type { Clause } from '#lib/domain/records/filter/clause.ts'
import { valueOf } from '#lib/domain/records/filter/literals.ts'
import { model } from '#lib/domain/session/model.svelte.ts'
import type { FilterOperator, ObjectMeta } from '#lib/shared/api/types.ts'
import { t, type MessageKey } from '#lib/shared/i18n/i18n.svelte.ts'

/** What a chip says: the field, how it is compared, and with what. */
export function clauseText(
  object: ObjectMeta,
  clause: Clause,
): { label: string; operator: string; value: string } {
  if (clause.kind === 'expression') return { label: '', operator: '', value: clause.text }
  const column = columnOf(object, clause.path)
  const values = clause.values.map((literal) =>
    column === undefined
      ? String(literal.value)
      : textOf(column.field, valueForText(column.field.type, valueOf(column.field, literal, model.currency))),
  )
  return {
    label: column?.label ?? clause.path,
    operator: operatorText(clause.operator),
    value: values.join(clause.operator === 'between' ? ' – ' : ', '),
  }
}

export function operatorText(operator: FilterOperator): string {
  return t(`operator.${operator}` satisfies MessageKey)
}

/** Fields of several values are compared with one: it is shown as a list of one. */
function valueForText(type: string, value: unknown): unknown {
  return type === 'choices' || type === 'references' ? [value] : value
}
