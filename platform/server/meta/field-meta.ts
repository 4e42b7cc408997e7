import type { FieldModel } from '../../definitions/model/model.ts'
import type { FieldMeta } from '../contract/types.ts'
import { given } from './given.ts'
import type { Visibility } from './visibility.ts'

/** Options that have a place of their own in the answer. */
const elsewhere = new Set(['choices', 'choice_set', 'expression', 'where'])

/**
 * What a form, a cell and a filter need to know of a field.
 * @param isWritable the right of the person
 * @param object what `record` is in the expressions of the field: its own object, or that of the process whose form it
 * belongs to
 */
export function fieldMeta(
  visibility: Visibility,
  field: FieldModel,
  { isWritable, object = field.object }: { isWritable: boolean; object?: string },
): FieldMeta {
  const { type, formula, choices, reference, lines } = field
  const { declaration } = field.context
  const isOwner = field.isSystem && field.name === 'owner'
  const isKept =
    type.storage === 'computed' ||
    field.sequence !== undefined ||
    type.name === 'state' ||
    (field.isSystem && !isOwner)
  const text = (expression: FieldModel['requiredWhen']) => visibility.text(object, expression)
  return given({
    name: field.name,
    type: type.name,
    label: field.label,
    help: field.help,
    required: field.isRequired,
    required_when: text(field.requiredWhen),
    visible_when: text(field.visibleWhen),
    read_only: isKept || field.isReadOnly,
    writable: isWritable && !isKept && !field.isReadOnly,
    system: field.isSystem,
    computed: type.name === 'formula' || type.name === 'rollup' ? type.name : undefined,
    default: field.defaultValue,
    default_expression: text(field.defaultExpression),
    expression: formula !== undefined && isOwnRecord(field) ? text(formula.expression) : undefined,
    returns: declaration.returns as string | undefined,
    options: optionsOf(visibility, field),
    choices:
      choices === undefined
        ? undefined
        : [...choices.values()].map(({ value, label, colour, isRetired }) =>
            given({ value, label, colour, retired: isRetired || undefined }),
          ),
    reference:
      reference === undefined
        ? undefined
        : given({ to: reference.to, referring: reference.referring && [...reference.referring.fields] }),
    lines: lines === undefined ? undefined : { object: lines.object, through: lines.through },
    operators: [...type.operators],
  }) as FieldMeta
}

/** Whether a form can compute it from what it shows: no other record, no roll-up. */
function isOwnRecord({ formula }: FieldModel): boolean {
  return formula?.expression.paths.every(([root, ...rest]) => root === 'record' && rest.length === 1) === true
}

function optionsOf(visibility: Visibility, field: FieldModel): Record<string, unknown> {
  const { type, context, reference } = field
  const options = Object.entries(context.declaration).filter(
    ([name, value]) => name in type.options && !elsewhere.has(name) && value !== undefined,
  )
  // A condition over the record that refers is no filter: such choices are looked up with `choosable`.
  const isFilter = reference !== undefined && reference.referring === undefined
  const where = isFilter ? visibility.text(reference.to, reference.where) : undefined
  return { ...Object.fromEntries(options), ...(where === undefined ? {} : { where }) }
}
