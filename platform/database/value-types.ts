/**
 * How values of PostgreSQL arrive in JavaScript: date, time, timestamp and numeric as text (nothing is lost to
 * floating point or to a time zone), timestamptz as ISO 8601 in UTC with milliseconds, int8 as a number when
 * it is safe as one and otherwise as text, json and jsonb parsed, interval as an ISO 8601 duration, arrays as
 * arrays. On the way in, a Date is accepted for the time types as well; json and jsonb take the value itself,
 * not its text.
 */
export const textTypes = {
  bigint: {
    to: 20,
    from: [20],
    serialize: (value: bigint | number | string) => String(value),
    parse: parseInteger,
  },
  date: { to: 1082, from: [1082], serialize: serializeDate, parse: asIs },
  timestamp: { to: 1114, from: [1114], serialize: serializeTime, parse: asIs },
  timestamptz: { to: 1184, from: [1184], serialize: serializeTime, parse: parseInstant },
  numeric: { to: 1700, from: [1700], serialize: String, parse: asIs },
}

/** Number where it is exact, otherwise the digits. */
function parseInteger(text: string): number | string {
  const value = Number(text)
  return Number.isSafeInteger(value) ? value : text
}

/**
 * `2026-11-22 01:50:37.123456+00` -> `2026-11-22T01:50:37.123Z`: cut to milliseconds, as JavaScript has no
 * more. Anything else (infinity, years before Christ) is left as it is.
 */
function parseInstant(text: string): string {
  const match = /^(\d{4,}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d+))?\+00$/.exec(text)
  if (!match) return text
  const [, date, time, fraction = ''] = match
  return `${date}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}Z`
}

function serializeDate(value: Date | string): string {
  return value instanceof Date ? value.toISOString().slice(0, 10) : value
}

function serializeTime(value: Date | string): string {
  return value instanceof Date ? value.toISOString() : value
}

function asIs(text: string): string {
  return text
}
