import type { Money } from '../api/types.ts'
import { i18n } from './i18n.svelte.ts'

/** Intl takes decimals as texts and keeps them exact (ECMA-402, 2023); the type library still says number. */
type Exact = Intl.StringNumericLiteral

export function formatNumber(value: unknown, options: Intl.NumberFormatOptions = {}): string {
  if (value === null || value === undefined || value === '') return ''
  return numberFormat({ maximumFractionDigits: 6, ...options }).format(String(value) as Exact)
}

export function formatPercent(value: unknown): string {
  const text = formatNumber(value, { maximumFractionDigits: 2 })
  return text === '' ? '' : `${text}%`
}

/** The size of a file: “0.3 kB”, “25 MB”. */
export function formatSize(bytes: number): string {
  const kilobytes = Math.max(bytes / 1024, 0.1)
  const [unit, value] =
    kilobytes < 1024 ? (['kilobyte', kilobytes] as const) : (['megabyte', kilobytes / 1024] as const)
  return numberFormat({ style: 'unit', unit, maximumFractionDigits: value < 10 ? 1 : 0 }).format(value)
}

/** An amount with its currency; cents are left out where there are none, unless `cents` asks for them. */
export function formatMoney(value: unknown, { cents = false, compact = false } = {}): string {
  if (!isMoney(value)) return ''
  try {
    return numberFormat({
      style: 'currency',
      currency: value.currency,
      ...(compact
        ? { notation: 'compact', maximumFractionDigits: 1 }
        : { trailingZeroDisplay: cents ? 'auto' : 'stripIfInteger' }),
    }).format(value.amount as Exact)
  } catch {
    return `${value.currency} ${value.amount}`
  }
}

export function isMoney(value: unknown): value is Money {
  return typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value
}

/** A calendar day (`2026-11-22`); it has no zone and must not be shifted by one. */
export function formatDate(value: unknown, style: 'medium' | 'long' | 'short' = 'medium'): string {
  if (typeof value !== 'string' || value === '') return ''
  const moment = new Date(`${value.slice(0, 10)}T00:00:00Z`)
  return Number.isNaN(moment.getTime())
    ? value
    : dateFormat({ dateStyle: style, timeZone: 'UTC' }).format(moment)
}

/** A moment in the person's time zone. */
export function formatMoment(value: unknown, style: 'medium' | 'long' | 'short' = 'medium'): string {
  const moment = typeof value === 'string' ? new Date(value) : undefined
  if (moment === undefined || Number.isNaN(moment.getTime())) return ''
  return dateFormat({ dateStyle: style, timeStyle: 'short', timeZone: i18n.timeZone }).format(moment)
}

/** The time of day of a moment, in the person's time zone. */
export function formatTime(value: string): string {
  return dateFormat({ timeStyle: 'short', timeZone: i18n.timeZone }).format(new Date(value))
}

/** “3 hours ago”, “in 2 days”; older than a month: the day. */
export function formatAgo(value: string, now: number = Date.now()): string {
  const seconds = (new Date(value).getTime() - now) / 1_000
  const steps: [Intl.RelativeTimeFormatUnit, number][] = [
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
  ]
  if (Math.abs(seconds) > 30 * 86_400)
    return dateFormat({ dateStyle: 'medium', timeZone: i18n.timeZone }).format(new Date(value))
  for (const [unit, size] of steps)
    if (Math.abs(seconds) >= size) return relativeFormat().format(Math.trunc(seconds / size), unit)
  return relativeFormat().format(0, 'minute')
}

const formats = new Map<string, unknown>()

function cached<T>(kind: string, options: object, make: () => T): T {
  const key = `${kind} ${i18n.locale} ${JSON.stringify(options)}`
  const known = formats.get(key) as T | undefined
  if (known !== undefined) return known
  const made = make()
  formats.set(key, made)
  return made
}

function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return cached('number', options, () => new Intl.NumberFormat(i18n.locale, options))
}

function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return cached('date', options, () => new Intl.DateTimeFormat(i18n.locale, options))
}

function relativeFormat(): Intl.RelativeTimeFormat {
  return cached('relative', {}, () => new Intl.RelativeTimeFormat(i18n.locale, { numeric: 'auto' }))
}
