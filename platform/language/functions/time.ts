import { expressionTypes as t } from '../expression-types.ts'
import { numeric, type Sql } from '../sql/fragment.ts'
import type { Moment } from '../types.ts'
import { civilOf, dayLength, limitDate, parseDate, parseDatetime, weekdayOf } from '../values/date.ts'
import { divideDecimals, parseDecimal } from '../values/decimal.ts'
import { type Duration, limitDuration, parseClockDuration, parseDuration } from '../values/duration.ts'
import type { Integer } from '../values/integer.ts'
import { dayIn, todayOf, wallClock } from '../values/zone.ts'
import { type LanguageFunction, type Overload, overload } from './define.ts'
import { clampDate, duration } from './time-arithmetic.ts'

const unitMonths: Readonly<Record<string, number>> = { years: 12, months: 1 }
const unitLengths: Readonly<Record<string, number>> = { days: dayLength, hours: 3_600_000, minutes: 60_000 }
const textReason = 'a text becomes a date or duration in SQL only where it is written as a literal'

/** Functions on dates, datetimes and durations. */
export const timeFunctions: readonly LanguageFunction[] = [
  {
    name: 'today',
    description: 'The date in the zone of the user.',
    overloads: [
      overload([[], t.date], todayOf, (_, tools) => ({ sql: tools.today() }), { usesMoment: true }),
    ],
  },
  {
    name: 'now',
    description: 'The moment of the unit of work.',
    overloads: [
      overload(
        [[], t.datetime],
        ({ now }: Moment) => now.getTime(),
        (_, tools) => ({ sql: tools.now() }),
        {
          usesMoment: true,
        },
      ),
    ],
  },
  {
    name: 'date',
    description:
      'A date from a text such as "2026-11-22", or the date that a datetime is in the zone of the user.',
    overloads: [
      overload(
        [[t.date], t.date],
        (value: number) => value,
        ([value]) => value!,
      ),
      overload(
        [[t.datetime], t.date],
        (value: number, { timeZone }: Moment) => limitDate(dayIn(value, timeZone)),
        ([value], tools) => clampDate(`(${value!.sql} AT TIME ZONE ${tools.zone()})::date`),
        { usesMoment: true },
      ),
      fromText('date', 'YYYY-MM-DD', parseDate),
    ],
  },
  {
    name: 'datetime',
    description: 'A datetime from a text such as "2026-11-22T08:00:00Z".',
    overloads: [
      overload(
        [[t.datetime], t.datetime],
        (value: number) => value,
        ([value]) => value!,
      ),
      fromText('datetime', 'YYYY-MM-DDTHH:MM:SSZ', parseDatetime),
    ],
  },
  {
    name: 'duration',
    description: 'A duration from an ISO 8601 text such as "P2D", "PT4H" or "P1Y6M", or from "1h30m".',
    overloads: [
      overload(
        [[t.duration], t.duration],
        (value: Duration) => value,
        ([value]) => value!,
      ),
      fromText(
        'duration',
        'P1Y2M3DT4H5M6S or 1h30m',
        (value) => parseDuration(value) ?? parseClockDuration(value),
      ),
    ],
  },
  ...['years', 'months', 'days', 'hours', 'minutes'].map(durationOf),
  {
    name: 'days_between',
    description: 'The days from the first date to the second; negative where the second is earlier.',
    overloads: [
      overload(
        [[t.date, t.date], t.int],
        (a: number, b: number) => b - a,
        ([a, b]) => ({
          sql: `(${b!.sql} - ${a!.sql})`,
          isInteger: true,
        }),
      ),
    ],
  },
  total('total_days', dayLength),
  total('total_hours', 3_600_000),
  total('total_minutes', 60_000),
  total('total_seconds', 1000),
  part('year', 'The year', (days) => civilOf(days).year),
  part('quarter', 'The quarter, 1 to 4,', (days) => Math.ceil(civilOf(days).month / 3)),
  part('month', 'The month, 1 to 12,', (days) => civilOf(days).month),
  part('day', 'The day of the month', (days) => civilOf(days).day),
  part('weekday', 'The day of the week, 1 (Monday) to 7 (Sunday),', weekdayOf, 'isodow'),
  clockPart('hour', (milliseconds) => Math.floor(milliseconds / 3_600_000) % 24),
  clockPart('minute', (milliseconds) => Math.floor(milliseconds / 60_000) % 60),
  clockPart('second', (milliseconds) => Math.floor(milliseconds / 1000) % 60),
]

function fromText(
  name: 'date' | 'datetime' | 'duration',
  form: string,
  parse: (value: string) => unknown,
): Overload {
  return {
    ...overload([[t.string], t[name]], parse, textReason),
    refuseConstants: ([value]) =>
      typeof value === 'string' && parse(value) === null
        ? `'${value}' is no ${name} of the form ${form}`
        : undefined,
  }
}

function durationOf(name: string): LanguageFunction {
  const months = unitMonths[name] ?? 0
  const milliseconds = unitLengths[name] ?? 0
  return {
    name,
    description: `A duration of so many ${name}.`,
    overloads: [
      overload(
        [[t.int], t.duration],
        (count: Integer) => limitDuration(Number(count) * months, Number(count) * milliseconds),
        ([count]) =>
          months === 0
            ? duration('0', `(${numeric(count!)} * ${milliseconds})`)
            : duration(`(${numeric(count!)} * ${months})`, `(${numeric(count!)} * 0)`),
      ),
    ],
  }
}

function total(name: string, length: number): LanguageFunction {
  return {
    name,
    description: `The length of a duration in ${name.slice(6)}; blank where it has months, whose length varies.`,
    overloads: [
      overload(
        [[t.duration], t.decimal],
        ({ months, milliseconds }: Duration) =>
          months === 0 ? divideDecimals(parseDecimal(milliseconds)!, parseDecimal(length)!) : null,
        ([value]) => ({
          sql: `CASE WHEN ${value!.months} = 0 THEN round(div(${value!.sql} * 2e20, ${length}) * 0.5) * 1e-20 END`,
        }),
      ),
    ],
  }
}

function part(
  name: string,
  description: string,
  run: (days: number) => number,
  field: string = name,
): LanguageFunction {
  return {
    name,
    description: `${description} of a date, or of a datetime in the zone of the user.`,
    overloads: [
      overload([[t.date], t.int], run, ([value]) => extracted(field, value!.sql)),
      overload(
        [[t.datetime], t.int],
        (value: number, { timeZone }: Moment) => run(dayIn(value, timeZone)),
        ([value], tools) => extracted(field, `(${value!.sql} AT TIME ZONE ${tools.zone()})`),
        { usesMoment: true },
      ),
    ],
  }
}

function clockPart(name: string, run: (milliseconds: number) => number): LanguageFunction {
  return {
    name,
    description: `The ${name} of a datetime in the zone of the user.`,
    overloads: [
      overload(
        [[t.datetime], t.int],
        (value: number, { timeZone }: Moment) => {
          const wall = wallClock(value, timeZone)
          return run(((wall % dayLength) + dayLength) % dayLength)
        },
        ([value], tools) => extracted(name, `(${value!.sql} AT TIME ZONE ${tools.zone()})`),
        { usesMoment: true },
      ),
    ],
  }
}

function extracted(field: string, value: string): Sql {
  return { sql: `floor(extract(${field} from ${value}))` }
}
