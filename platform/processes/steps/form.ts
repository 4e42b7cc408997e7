import { invalid, type Fault } from '../../access/errors.ts'
import { userVariable } from '../../access/principal.ts'
import { rowPredicate } from '../../access/predicate.ts'
import { principalSlots } from '../../access/principal.ts'
import { recordBinding } from '../../access/record-binding.ts'
import { identifier } from '../../database/identifier.ts'
import { StatementBuilder, type Statement } from '../../database/statement.ts'
import type { FieldModel } from '../../definitions/model/model.ts'
import type { Expression } from '../../language/types.ts'
import { runStatement } from '../../records/read/run.ts'
import { compiledOnce } from '../../records/read/statement-cache.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import { isBlank, type RecordValues } from '../../records/values.ts'
import type { OpenedRecords } from './opened-records.ts'

/**
 * Checks what a person filled into the form of an event or a work item: no unknown field, every value passes its
 * type, what is required is there, what does not apply stays blank, references lead to records that may be seen.
 * @throws TesseraError validation with every fault
 */
export async function checkForm(
  unit: UnitOfWork,
  options: FormInput & { opened: OpenedRecords },
): Promise<RecordValues> {
  const { checked, faults } = await options.opened.evaluate(() => checkValues(unit, options))
  const isFaulty = new Set(faults.map((fault) => fault.field))
  // What the declaration itself fills in is no choice of the sender's.
  const references = [...options.form.values()].filter(
    ({ name, reference }) => reference !== undefined && !isBlank(options.values[name]) && !isFaulty.has(name),
  )
  const choosable = await Promise.all(
    references.map((field) =>
      areChoosable(unit, field, {
        ids: [checked[field.name]].flat().map(String),
        referring: String(options.record.id),
      }),
    ),
  )
  for (const [at, { name, reference }] of references.entries())
    if (!choosable[at])
      faults.push({
        field: name,
        code: 'reference',
        message: `refers to a ${reference?.to} that does not exist, may not be seen or may not be chosen here`,
      })
  if (faults.length > 0) throw invalid(faults)
  return checked
}

interface FormInput {
  readonly form: ReadonlyMap<string, FieldModel>
  readonly values: RecordValues
  /** As expressions see it. */
  readonly record: RecordValues
}

/** Everything about a form that can be told without looking for the records that it refers to. */
function checkValues(
  unit: UnitOfWork,
  { form, values, record }: FormInput,
): { checked: Record<string, unknown>; faults: Fault[] } {
  const faults: Fault[] = []
  const checked: Record<string, unknown> = {}
  for (const name of Object.keys(values))
    if (!form.has(name))
      faults.push({
        field: name,
        code: 'unknown_field',
        message: `is not asked for here; known: ${[...form.keys()].join(', ') || 'nothing'}`,
      })
  for (const field of form.values()) {
    const value = values[field.name] ?? field.defaultValue
    if (isBlank(value)) checked[field.name] = null
    else {
      const result = field.type.check(value, field.context)
      if (result.ok) checked[field.name] = result.value
      else faults.push({ field: field.name, code: result.code, message: result.message })
    }
  }
  const user = userVariable(unit.principal)
  const holds = (expression: Expression) =>
    expression.evaluate({ record, user, event: checked }, unit.moment) === true
  const isFaulty = new Set(faults.map((fault) => fault.field))
  for (const field of form.values()) {
    if (isFaulty.has(field.name)) continue
    if (isBlank(checked[field.name]) && field.defaultExpression !== undefined && !(field.name in values)) {
      const value = field.defaultExpression.evaluate({ record, user }, unit.moment)
      // A reference that the record leads to is an opened record here; its check gives the id.
      const result = isBlank(value) ? undefined : field.type.check(value, field.context)
      if (result?.ok === false) faults.push({ field: field.name, code: result.code, message: result.message })
      else checked[field.name] = result?.value ?? null
    }
    const isBlankNow = isBlank(checked[field.name])
    if (field.visibleWhen !== undefined && !holds(field.visibleWhen)) {
      if (!isBlankNow)
        faults.push({
          field: field.name,
          code: 'not_applicable',
          message: 'does not apply here and must stay blank',
        })
    } else if (
      isBlankNow &&
      (field.isRequired || (field.requiredWhen !== undefined && holds(field.requiredWhen)))
    )
      faults.push({ field: field.name, code: 'required', message: 'is required' })
  }
  return { checked, faults }
}

/** @param choice ids of the records chosen and of the one whose process asks */
async function areChoosable(
  unit: UnitOfWork,
  field: FieldModel,
  choice: { ids: readonly string[]; referring: string },
): Promise<boolean> {
  const { to, where } = field.reference as NonNullable<FieldModel['reference']>
  const shape = JSON.stringify(['choosable', unit.rights.key, field.object, field.name, where?.text, to])
  const statement = compiledOnce(unit.model, shape, () => choosableStatement(unit, field))
  const rows = await runStatement(unit, statement, { ...principalSlots(unit.principal), ...choice })
  return rows.length === new Set(choice.ids).size
}

function choosableStatement(unit: UnitOfWork, field: FieldModel): Statement {
  const { to, where, referring } = field.reference as NonNullable<FieldModel['reference']>
  const statement = new StatementBuilder()
  const conditions = [`t.id = any(${statement.slot('ids', 'uuid[]')})`, 't.deleted_at is null']
  if (to !== 'user')
    conditions.push(rowPredicate({ ...unit, object: to, alias: 't', action: 'read', statement }))
  if (where !== undefined) {
    const other = referring === undefined ? {} : { referring: { object: referring.object, alias: 'r' } }
    const binding = recordBinding({ ...unit, object: to, alias: 't', statement, ...other })
    const condition = where.toPredicate(binding, 'bound').sql
    conditions.push(
      referring === undefined
        ? condition
        : `exists (select 1 from ${identifier(referring.object)} r where r.id = ${statement.slot('referring', 'uuid')} and (${condition}))`,
    )
  }
  return statement.build(`select 1 from ${identifier(to)} t where ${conditions.join(' and ')}`)
}
