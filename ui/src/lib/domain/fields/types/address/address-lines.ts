import { i18n } from '#lib/shared/i18n/i18n.svelte.ts'

export const addressParts = ['street', 'city', 'region', 'postal_code', 'country'] as const
export type Address = Partial<Record<(typeof addressParts)[number], string>>

/** The lines of a postal address: largest first in Chinese, smallest first elsewhere. */
export function addressLines(value: unknown): readonly string[] {
  const { street, city, region, postal_code, country } = (value ?? {}) as Address
  const land = country === undefined ? undefined : countryName(country)
  const lines =
    i18n.locale === 'zh-CN'
      ? [[land, region, city].filter(Boolean).join(''), street, postal_code]
      : [street, [postal_code, city].filter(Boolean).join(' '), region, land]
  return lines.filter((line): line is string => line !== undefined && line !== '')
}

function countryName(country: string): string {
  if (!/^[A-Z]{2}$/.test(country)) return country
  return new Intl.DisplayNames(i18n.locale, { type: 'region' }).of(country) ?? country
}
