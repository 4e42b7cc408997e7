import type { ExprType } from '../../platform/language/index.ts'

/** A value in API form as a text that is the same for the same value. */
export function canonicalValue(value: unknown, type: ExprType): string | null {
  if (value === null) return type.kind === 'list' ? '[]' : null
  switch (type.kind) {
    case 'money': {
      const { amount, currency } = value as { amount: string; currency: string }
      return `${amount} ${currency}`
    }
    case 'list':
      return JSON.stringify((value as unknown[]).map((element) => canonicalValue(element, type.of)))
    case 'record':
      return typeof value === 'string' ? value : String((value as { id: unknown }).id)
    case 'duration':
      return canonicalDuration(value as string)
    default:
      return String(value)
  }
}

/** The SQL of the same text. */
export function canonicalSql({ sql, currency }: { sql: string; currency?: string }, type: ExprType): string {
  switch (type.kind) {
    case 'decimal':
      return `trim_scale(${sql})::text`
    case 'money':
      return `CASE WHEN ${sql} IS NOT NULL THEN trim_scale(${sql})::text || ' ' || ${currency} END`
    case 'datetime':
      return `to_char(${sql} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
    case 'duration':
      return (
        `(SELECT (extract(year from i) * 12 + extract(month from i))::text || ' months ' || ` +
        `trim_scale(extract(day from i) * 86400000 + extract(epoch from i - date_trunc('day', i)) * 1000)::text ` +
        `FROM (VALUES (${sql})) AS v(i))`
      )
    case 'list': {
      const text =
        type.of.kind === 'decimal'
          ? 'trim_scale(x)::text'
          : type.of.kind === 'string'
            ? `nullif(x, '')`
            : 'x::text'
      return `(SELECT coalesce(json_agg(${text} ORDER BY n), '[]') FROM unnest(${sql}) WITH ORDINALITY AS u(x, n))::text`
    }
    default:
      return `(${sql})::text`
  }
}

function canonicalDuration(text: string): string {
  const match =
    /^P(?:(-?\d+)Y)?(?:(-?\d+)M)?(?:(-?\d+)D)?(?:T(?:(-?\d+)H)?(?:(-?\d+)M)?(?:(-?[\d.]+)S)?)?$/.exec(text)
  if (!match) throw new Error(`${text} is no duration`)
  const part = (index: number) => Number(match[index] ?? 0)
  const seconds = ((part(3) * 24 + part(4)) * 60 + part(5)) * 60 + part(6)
  return `${part(1) * 12 + part(2)} months ${Math.round(seconds * 1000)}`
}
