import type { FieldModel, Model } from '../../../definitions/model/model.ts'
import type { Random } from '../../recipes/random.ts'
import type { Decisions } from './decisions.ts'
import { inventValue } from './invent-value.ts'

/** With what values are made up for somebody at a moment. */
export interface Inventor {
  readonly model: Model
  readonly decisions: Decisions
  readonly random: Random
  readonly at: Date
  /** A number that no other value bears. */
  mark(): number
  /** The id of a record of an object that may be referred to; undefined where there is none and none can be made. */
  refer(object: string): Promise<string | undefined>
  mayWrite(object: string, field: string): boolean
}

export type Invented = Record<string, unknown>

/**
 * Values for a new record: its required fields that have no default, and the fields by which the process decides, of
 * which half keep their default.
 * @param except fields that are said otherwise
 */
export async function inventRecord(
  inventor: Inventor,
  { object, except }: { object: string; except: ReadonlySet<string> },
): Promise<Invented> {
  const { model, decisions, random } = inventor
  const values: Invented = {}
  for (const field of model.objects.get(object)?.fields.values() ?? []) {
    if (except.has(field.name) || !isFilledIn(field) || !mayFillIn(inventor, object, field)) continue
    const hasDefault = field.defaultValue !== undefined || field.defaultExpression !== undefined
    const isNeeded = decisions.fields.get(object)?.has(field.name) === true
    const isWanted = hasDefault ? isNeeded && random.next() < 0.5 : isNeeded || field.isRequired
    if (isWanted) put(values, field, await inventField(inventor, field, 'record'))
  }
  return values
}

/** Lines take the right to say whose they are as well. */
function mayFillIn(inventor: Inventor, object: string, { name, lines }: FieldModel): boolean {
  return (
    inventor.mayWrite(object, name) && (lines === undefined || inventor.mayWrite(lines.object, lines.through))
  )
}

/** Values for what a person fills in; what has a default keeps it, and what depends on something else stays blank. */
export async function inventForm(
  inventor: Inventor,
  { form, except }: { form: ReadonlyMap<string, FieldModel>; except: ReadonlySet<string> },
): Promise<Invented> {
  const values: Invented = {}
  for (const field of form.values()) {
    const isLeft =
      field.defaultValue !== undefined ||
      field.defaultExpression !== undefined ||
      field.visibleWhen !== undefined
    if (!isLeft && !except.has(field.name)) put(values, field, await inventField(inventor, field, 'event'))
  }
  return values
}

/** @param root what conditions call the thing of which it is a field */
export async function inventField(
  inventor: Inventor,
  field: FieldModel,
  root: 'record' | 'event',
): Promise<unknown> {
  const { random, at, decisions } = inventor
  if (field.lines !== undefined) return inventLines(inventor, field.lines)
  if (field.reference !== undefined) {
    const id = await inventor.refer(field.reference.to)
    return field.type.name === 'references' && id !== undefined ? [id] : id
  }
  const literals = decisions.literals.get(`${root}.${field.name}`) ?? []
  return inventValue(field, { random, at, literals, mark: inventor.mark() })
}

async function inventLines(
  inventor: Inventor,
  { object, through }: NonNullable<FieldModel['lines']>,
): Promise<readonly Invented[]> {
  const rows: Invented[] = []
  const count = inventor.random.between([1, 3])
  for (let row = 0; row < count; row++)
    rows.push(await inventRecord(inventor, { object, except: new Set([through]) }))
  return rows
}

/** Neither what the system keeps or computes, nor the owner, who is whoever makes the record. */
export function isFilledIn({ name, type, isSystem, isReadOnly }: FieldModel): boolean {
  const isKept = isSystem || isReadOnly || type.storage === 'computed'
  return !isKept && name !== 'owner' && type.name !== 'state' && type.name !== 'sequence'
}

function put(values: Invented, field: FieldModel, value: unknown): void {
  if (value !== undefined) values[field.name] = value
}
