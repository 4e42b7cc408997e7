import { expressionTypes as t } from '../expression-types.ts'
import { clamp, numeric, type Sql } from '../sql/fragment.ts'
import { dayLength } from '../values/date.ts'
import { addToDate, addToDatetime, type Duration, limitDuration, negateDuration } from '../values/duration.ts'
import type { Integer } from '../values/integer.ts'
import { overload } from './define.ts'

/** The overloads of the operators on dates, datetimes and durations. */
export const timeOperators = {
  plus: [
    overload([[t.date, t.duration], t.date], addToDate, ([a, b]) => datePlus(a!.sql, b!)),
    overload([[t.datetime, t.duration], t.datetime], addToDatetime, ([a, b]) => datetimePlus(a!.sql, b!)),
    overload(
      [[t.duration, t.date], t.date],
      (a: Duration, b: number) => addToDate(b, a),
      ([a, b]) => datePlus(b!.sql, a!),
    ),
    overload(
      [[t.duration, t.datetime], t.datetime],
      (a: Duration, b: number) => addToDatetime(b, a),
      ([a, b]) => datetimePlus(b!.sql, a!),
    ),
    overload(
      [[t.duration, t.duration], t.duration],
      (a: Duration, b: Duration) => limitDuration(a.months + b.months, a.milliseconds + b.milliseconds),
      ([a, b]) => duration(`(${a!.months} + ${b!.months})`, `(${a!.sql} + ${b!.sql})`),
    ),
  ],
  minus: [
    overload(
      [[t.date, t.duration], t.date],
      (a: number, b: Duration) => addToDate(a, negateDuration(b)),
      ([a, b]) => datePlus(a!.sql, negated(b!)),
    ),
    overload(
      [[t.datetime, t.duration], t.datetime],
      (a: number, b: Duration) => addToDatetime(a, negateDuration(b)),
      ([a, b]) => datetimePlus(a!.sql, negated(b!)),
    ),
    overload(
      [[t.date, t.date], t.duration],
      (a: number, b: number) => limitDuration(0, (a - b) * dayLength),
      ([a, b]) => duration('0', `((${a!.sql} - ${b!.sql})::numeric * 86400000)`),
    ),
    overload(
      [[t.datetime, t.datetime], t.duration],
      (a: number, b: number) => limitDuration(0, a - b),
      ([a, b]) => duration('0', `((extract(epoch from ${a!.sql}) - extract(epoch from ${b!.sql})) * 1000)`),
    ),
    overload(
      [[t.duration, t.duration], t.duration],
      (a: Duration, b: Duration) => limitDuration(a.months - b.months, a.milliseconds - b.milliseconds),
      ([a, b]) => duration(`(${a!.months} - ${b!.months})`, `(${a!.sql} - ${b!.sql})`),
    ),
  ],
  times: [
    overload([[t.duration, t.int], t.duration], multiplyDuration, ([a, b]) => multiplied(a!, b!)),
    overload(
      [[t.int, t.duration], t.duration],
      (a: Integer, b: Duration) => multiplyDuration(b, a),
      ([a, b]) => multiplied(b!, a!),
    ),
  ],
  negate: [overload([[t.duration], t.duration], negateDuration, ([a]) => negated(a!))],
} as const

/** A duration in SQL; null (in either part) where a part is longer than the limits of duration.ts. */
export function duration(months: string, milliseconds: string): Sql {
  return {
    sql: clamp(milliseconds, '100000000000001', '-100000000000001'),
    months: months === '0' ? '0' : clamp(months, '12001', '-12001'),
  }
}

/** A date in SQL; null outside the years 1 to 9999. */
export function clampDate(sql: string): Sql {
  return { sql: clamp(sql, `'10000-01-01'::date`, `'0001-12-31 BC'::date`) }
}

/** The months of a duration as an interval. */
function monthsInterval({ months }: Sql): string {
  return `make_interval(months => (${months})::int)`
}

function datePlus(date: string, added: Sql): Sql {
  const moved = added.months === '0' ? date : `(${date} + ${monthsInterval(added)})::date`
  return clampDate(`(${moved} + div(${added.sql}, 86400000)::int)`)
}

function datetimePlus(datetime: string, added: Sql): Sql {
  const utc = `(${datetime} AT TIME ZONE 'UTC')`
  const moved = added.months === '0' ? utc : `(${utc} + ${monthsInterval(added)})`
  const rest =
    `make_interval(days => div(${added.sql}, 86400000)::int, ` +
    `secs => (mod(${added.sql}, 86400000) * 0.001)::float8)`
  return {
    sql: clamp(
      `((${moved} + ${rest}) AT TIME ZONE 'UTC')`,
      `'10000-01-01 00:00:00+00'::timestamptz`,
      `'0001-12-31 23:59:59.999+00 BC'::timestamptz`,
    ),
  }
}

function negated(value: Sql): Sql {
  return { sql: `(- ${value.sql})`, months: value.months === '0' ? '0' : `(- ${value.months})` }
}

function multiplied(value: Sql, factor: Sql): Sql {
  const months = value.months === '0' ? '0' : `(${value.months} * ${numeric(factor)})`
  return duration(months, `(${value.sql} * ${numeric(factor)})`)
}

function multiplyDuration({ months, milliseconds }: Duration, factor: Integer): Duration | null {
  const times = Number(factor)
  return limitDuration(months * times, milliseconds * times)
}
