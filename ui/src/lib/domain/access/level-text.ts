import { i18n, t, type MessageKey } from '#lib/shared/i18n/i18n.svelte.ts'

/** A declared right as people read it: the words for its level, and the rule that records have to meet. */
export interface LevelText {
  readonly text: string
  readonly rule: string | undefined
}

/**
 * Reads a right to records as the server says it, such as `own where record.size < 1000`.
 * @param words short ones for a table, or those of a sentence
 */
export function levelText(said: string, words: 'level' | 'says' = 'level'): LevelText {
  const [, level = said, rule] = /^(\w+)(?: where ([^]*))?$/.exec(said) ?? []
  const key = `access.${words}.${level}`
  return { text: i18n.has(key) ? t(key as MessageKey) : level, rule }
}

/** Reads a right to a field: `hidden`, `read`, `write` or `mask: first 2, last 4`. */
export function fieldRightText(said: string): string {
  const mask = /^mask:? ?(?:first (\d+))?(?:, )?(?:last (\d+))?/.exec(said)
  if (mask === null) {
    const key = `access.field.${said}`
    return i18n.has(key) ? t(key as MessageKey) : said
  }
  const [first, last] = [Number(mask[1] ?? 0), Number(mask[2] ?? 0)]
  if (first === 0) return t('access.field.mask_last', { last })
  return last === 0 ? t('access.field.mask_first', { first }) : t('access.field.mask_both', { first, last })
}
