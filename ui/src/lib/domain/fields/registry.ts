import { registerViews } from './looks.ts'
import { address } from './types/address/index.ts'
import { boolean } from './types/boolean/index.ts'
import { choice } from './types/choice/index.ts'
import { choices } from './types/choices/index.ts'
import { date } from './types/date/index.ts'
import { datetime } from './types/datetime/index.ts'
import { decimal } from './types/decimal/index.ts'
import { email } from './types/email/index.ts'
import { formula } from './types/formula/index.ts'
import { integer } from './types/integer/index.ts'
import { json } from './types/json/index.ts'
import { lines } from './types/lines/index.ts'
import { longText } from './types/long_text/index.ts'
import { money } from './types/money/index.ts'
import { percent } from './types/percent/index.ts'
import { phone } from './types/phone/index.ts'
import { rating } from './types/rating/index.ts'
import { reference } from './types/reference/index.ts'
import { references } from './types/references/index.ts'
import { rollup } from './types/rollup/index.ts'
import { sequence } from './types/sequence/index.ts'
import { state } from './types/state/index.ts'
import { text } from './types/text/index.ts'
import { url } from './types/url/index.ts'
import { user } from './types/user/index.ts'

/** Every field type that ships. Imported once, by the root of the pages: cells and editors find each other in looks.ts. */
registerViews([
  text,
  longText,
  email,
  phone,
  url,
  integer,
  decimal,
  percent,
  money,
  rating,
  boolean,
  date,
  datetime,
  choice,
  choices,
  state,
  reference,
  references,
  lines,
  user,
  sequence,
  formula,
  rollup,
  address,
  json,
])
