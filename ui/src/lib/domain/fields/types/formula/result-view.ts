import type { FieldMeta } from '#lib/shared/api/types.ts'
import type { FieldView } from '../../field-view.ts'
import { boolean } from '../boolean/index.ts'
import { date } from '../date/index.ts'
import { datetime } from '../datetime/index.ts'
import { decimal } from '../decimal/index.ts'
import { integer } from '../integer/index.ts'
import { money } from '../money/index.ts'
import { percent } from '../percent/index.ts'
import { text } from '../text/index.ts'

const results: Readonly<Record<string, FieldView>> = {
  text,
  integer,
  decimal,
  percent,
  money,
  boolean,
  date,
  datetime,
}

/** A computed field looks like what it returns. */
export function resultView(field: FieldMeta): FieldView {
  return results[String(field.returns ?? field.options.returns)] ?? text
}
