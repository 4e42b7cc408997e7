import { t } from '#lib/shared/i18n/i18n.svelte.ts'
import type { ApprovalLevel } from '#lib/shared/api/types.ts'

/** How a level is decided, in a few words. */
export function ruleText({ rule, in_turn: isInTurn }: Pick<ApprovalLevel, 'rule' | 'in_turn'>): string {
  const text =
    rule.kind === 'share'
      ? t('approval.rule.share', { percent: Math.round(rule.share * 100) })
      : rule.kind === 'weight'
        ? t('approval.rule.weight', { weight: rule.weight })
        : t(`approval.rule.${rule.kind}`)
  return isInTurn ? t('approval.in_turn', { rule: text }) : text
}
