import { accept, refuse, type FieldContext, type FieldType } from '../field-types/field-type.ts'
import { datetime } from '../field-types/time.ts'
import { user } from '../field-types/relations.ts'
import type { FieldModel, LocalText } from '../model/model.ts'
import type { Draft } from './linkage.ts'
import { namedColumns } from './draft-field.ts'

/** The type of `id`; it cannot be declared. */
const identity: FieldType = {
  name: 'id',
  description: 'The id of the record (a UUID, version 7).',
  options: {},
  storage: 'stored',
  columns: () => [{ suffix: '', type: 'uuid' }],
  // As a reference to the record itself: it is compared with references and with `user`, as ids in SQL.
  expressionType: ({ declaration }) => ({ kind: 'record', object: declaration.of as string }),
  check: (value) =>
    typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value.toLowerCase())
      ? accept(value.toLowerCase())
      : refuse('type', 'is not a UUID'),
  indexBytes: () => 16,
  operators: ['equals', 'not_equals', 'in'],
  valueSchema: () => ({ type: 'string', format: 'uuid', readOnly: true }),
}

const labels: Readonly<Record<string, LocalText>> = {
  id: { en: 'Id', 'zh-CN': '编号' },
  owner: { en: 'Owner', 'zh-CN': '负责人' },
  created_at: { en: 'Created at', 'zh-CN': '创建时间' },
  created_by: { en: 'Created by', 'zh-CN': '创建人' },
  updated_at: { en: 'Changed at', 'zh-CN': '修改时间' },
  updated_by: { en: 'Changed by', 'zh-CN': '修改人' },
}

export function identityField(object: string, currency: string): Draft<FieldModel> {
  return { ...systemField({ object, name: 'id', type: identity, currency }), isRequired: true }
}

/** The owner: a person, whom people may change; the creator if nobody is named. */
export function ownerField(object: string, currency: string): Draft<FieldModel> {
  return {
    ...systemField({ object, name: 'owner', type: user, currency }),
    isSystem: false,
    isReadOnly: false,
    isIndexed: true,
  }
}

/** created_at, created_by, updated_at, updated_by. */
export function traceFields(object: string, currency: string): Draft<FieldModel>[] {
  return (['created_at', 'created_by', 'updated_at', 'updated_by'] as const).map((name) =>
    systemField({ object, name, type: name.endsWith('_at') ? datetime : user, currency }),
  )
}

function systemField({
  object,
  name,
  type,
  currency,
}: {
  object: string
  name: string
  type: FieldType
  currency: string
}): Draft<FieldModel> {
  const declaration = declarationOf(type, object)
  const context: FieldContext = { declaration, defaultCurrency: currency }
  return {
    name,
    object,
    type,
    context,
    formerly: undefined,
    label: labels[name] as LocalText,
    help: undefined,
    isSystem: true,
    columns: namedColumns(name, type.columns(context)),
    expressionType: type.expressionType(context),
    isRequired: false,
    requiredWhen: undefined,
    visibleWhen: undefined,
    defaultValue: undefined,
    defaultExpression: undefined,
    isReadOnly: true,
    isUnique: false,
    isIndexed: false,
    choices: undefined,
    reference:
      type === user
        ? { to: 'user', onDelete: 'restrict', where: undefined, referring: undefined }
        : undefined,
    joinTable: undefined,
    lines: undefined,
    formula: undefined,
    rollup: undefined,
    sequence: undefined,
  }
}

function declarationOf(type: FieldType, object: string): Readonly<Record<string, unknown>> {
  if (type === user) return { type: 'user', to: 'user' }
  return { type: type.name, ...(type === identity ? { of: object } : {}) }
}
