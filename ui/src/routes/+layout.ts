import { i18n, initialLocale } from '#lib/shared/i18n/i18n.svelte.ts'

export const ssr = false
export const prerender = false

export async function load() {
  await i18n.use(initialLocale())
}
