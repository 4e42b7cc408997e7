import type { FieldModel } from '../../../definitions/model/model.ts'
import type { UnitOfWork } from '../../../records/index.ts'
import { convertText } from '../convert/converters.ts'
import { convertMoney } from '../convert/money.ts'
import type { FileColumn } from '../file/columns.ts'
import { matchFields, referredObject } from '../plan/match.ts'
import { References } from '../run/references.ts'

/** Which share of a column's sample a field would take, and whether that says anything: any text is a text. */
export interface ContentFit {
  readonly share: number
  readonly isTelling: boolean
}

/** Types whose values are not met by accident. */
const telling = new Set(['email', 'url', 'choice', 'state', 'reference', 'user'])

export async function contentFit(
  unit: UnitOfWork,
  { field, column }: { field: FieldModel; column: FileColumn },
): Promise<ContentFit> {
  const { sample } = column
  if (sample.length === 0) return { share: 0.5, isTelling: false }
  const isTelling = telling.has(field.type.name)
  const target = referredObject(unit, field)
  const fitting =
    target === undefined
      ? sample.filter((text) => isTaken(unit, { field, column, text })).length
      : await countFound(unit, { field, sample })
  return { share: fitting / sample.length, isTelling }
}

function isTaken(
  unit: UnitOfWork,
  { field, column, text }: { field: FieldModel; column: FileColumn; text: string },
): boolean {
  const notation = {
    decimal: column.decimal ?? ('.' as const),
    date: column.date ?? ('mdy' as const),
    timeZone: unit.moment.timeZone,
  }
  const converted =
    field.type.name === 'money'
      ? convertMoney(text, field, { notation, currency: undefined })
      : convertText(text, field, notation)
  return 'value' in converted && field.type.check(converted.value, field.context).ok
}

async function countFound(
  unit: UnitOfWork,
  { field, sample }: { field: FieldModel; sample: readonly string[] },
): Promise<number> {
  const object = referredObject(unit, field)
  const match = matchFields(unit, field, undefined)
  if (object === undefined || 'fault' in match) return 0
  const references = new References()
  const texts = sample.map((text) => text.trim())
  for (const by of match.fields) await references.load(unit, { object, by, texts })
  return texts.filter((text) => match.fields.some((by) => references.get(by, text) !== undefined)).length
}
