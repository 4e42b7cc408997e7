import { registerEditors } from './looks.ts'
import ReadOnly from './ReadOnly.svelte'
import AddressEditor from './types/address/AddressEditor.svelte'
import BooleanEditor from './types/boolean/BooleanEditor.svelte'
import ChoiceEditor from './types/choice/ChoiceEditor.svelte'
import ChoicesEditor from './types/choices/ChoicesEditor.svelte'
import DateEditor from './types/date/DateEditor.svelte'
import DatetimeEditor from './types/datetime/DatetimeEditor.svelte'
import NumberEditor from './types/integer/NumberEditor.svelte'
import JsonEditor from './types/json/JsonEditor.svelte'
import LinesEditor from './types/lines/LinesEditor.svelte'
import LongTextEditor from './types/long_text/LongTextEditor.svelte'
import MoneyEditor from './types/money/MoneyEditor.svelte'
import RatingEditor from './types/rating/RatingEditor.svelte'
import ReferenceEditor from './types/reference/ReferenceEditor.svelte'
import ReferencesEditor from './types/references/ReferencesEditor.svelte'
import TextEditor from './types/text/TextEditor.svelte'

/**
 * What every field type that ships is edited with. Imported by the pages and dialogs in which something is filled in:
 * lists and boards show fields without it.
 */
registerEditors({
  text: TextEditor,
  long_text: LongTextEditor,
  email: TextEditor,
  phone: TextEditor,
  url: TextEditor,
  integer: NumberEditor,
  decimal: NumberEditor,
  percent: NumberEditor,
  money: MoneyEditor,
  rating: RatingEditor,
  boolean: BooleanEditor,
  date: DateEditor,
  datetime: DatetimeEditor,
  choice: ChoiceEditor,
  choices: ChoicesEditor,
  state: ReadOnly,
  reference: ReferenceEditor,
  references: ReferencesEditor,
  lines: LinesEditor,
  user: ReferenceEditor,
  sequence: ReadOnly,
  formula: ReadOnly,
  rollup: ReadOnly,
  address: AddressEditor,
  json: JsonEditor,
})
