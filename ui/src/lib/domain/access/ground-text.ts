import type { AccessExplanation } from '#lib/shared/api/types.ts'
import { formatMoment } from '#lib/shared/i18n/formats.ts'
import { local, t } from '#lib/shared/i18n/i18n.svelte.ts'
import { roleLabel } from './role-names.ts'
import { fieldRightText, levelText, type LevelText } from './level-text.ts'

export type Level = AccessExplanation['levels'][number]
export type Ground = Level['grounds'][number]

/** Who or what speaks: a role, a sharing rule, a share, the product or the process. */
export function speaker(ground: Ground, level: Level): string {
  if (ground.kind === 'role') return local(ground.role?.label) || (ground.role?.name ?? '')
  if (ground.kind === 'rule') return t('access.rule', { rule: local(ground.label) })
  if (ground.kind === 'share') return t('access.share')
  return level.level === 'event' ? t('access.process') : t('access.product')
}

/** What it says: the right in words, and the rule that goes with it. */
export function saying(ground: Ground, level: Level): LevelText {
  const said = ground.declared?.says
  if (ground.kind === 'share') return { text: shareText(ground), rule: undefined }
  if (ground.kind === 'rule') return { text: t('access.rule_says'), rule: said }
  if (ground.kind === 'product') return productText(ground, level)
  if (said === undefined) return { text: t('access.says_nothing'), rule: undefined }
  if (level.level === 'field') return { text: fieldRightText(said), rule: undefined }
  if (said === 'true' || said === 'false')
    return { text: t(said === 'true' ? 'access.says_yes' : 'access.says_no'), rule: undefined }
  return levelText(said, 'says')
}

function productText({ allows, declared }: Ground, { level }: Level): LevelText {
  if (level !== 'event') return { text: t('access.product_says'), rule: undefined }
  const [, roles, rule] = /^(?:roles ([^;]*))?(?:; )?(?:where ([^]*))?$/.exec(declared?.says ?? '') ?? []
  if (roles === undefined && rule === undefined && !allows)
    return { text: t('access.process_refuses'), rule: undefined }
  const names = roles?.split(', ').map(roleLabel).join(', ')
  const text =
    names === undefined ? t('access.process_offers') : t('access.process_offers_to', { roles: names })
  return { text, rule }
}

function shareText({ share }: Ground): string {
  if (share === undefined) return t('access.not_shared')
  const by = share.by ?? t('access.somebody')
  const how = share.with.startsWith('user:') ? 'person' : share.with.startsWith('team:') ? 'team' : 'role'
  const text = t(`access.shared_with.${how}`, { by, reason: share.reason })
  if (share.expires_at === null) return text
  return `${text} ${t('access.shared_until', { until: formatMoment(share.expires_at) })}`
}
