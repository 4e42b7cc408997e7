import type { MessageKey } from '#lib/shared/i18n/i18n.svelte.ts'
import type { WorkItem } from '#lib/shared/api/types.ts'
import { workActs } from './work-store.svelte.ts'

/** An act for which something is asked first. */
export type AskedAct = 'return' | 'transfer' | 'delegate' | 'add_before' | 'add_after' | 'urge' | 'change_due'

export interface Filled {
  to: string | undefined
  /** The level to which an approval is returned; the requester without it. */
  level: string | undefined
  due: string | null
  comment: string | undefined
}

interface Asked {
  readonly label: MessageKey
  readonly text: MessageKey
  readonly told: MessageKey
  readonly asks: 'person' | 'due' | 'level' | undefined
  run(item: WorkItem, filled: Filled): Promise<unknown>
}

const giving = ({ to = '', comment }: Filled) => ({ to, comment })

export const askedActs: Readonly<Record<AskedAct, Asked>> = {
  return: {
    label: 'work.act.return',
    text: 'work.act.return_text',
    told: 'work.told.return',
    asks: 'level',
    run: (item, { level, comment = '' }) => workActs.giveBack(item, { to: level, comment }),
  },
  transfer: {
    label: 'work.act.transfer',
    text: 'work.act.transfer_text',
    told: 'work.told.transfer',
    asks: 'person',
    run: (item, filled) => workActs.transfer(item, giving(filled)),
  },
  delegate: {
    label: 'work.act.delegate',
    text: 'work.act.delegate_text',
    told: 'work.told.delegate',
    asks: 'person',
    run: (item, filled) => workActs.delegate(item, giving(filled)),
  },
  add_before: {
    label: 'work.act.add_before',
    text: 'work.act.add_before_text',
    told: 'work.told.add',
    asks: 'person',
    run: (item, filled) => workActs.add(item, 'before', giving(filled)),
  },
  add_after: {
    label: 'work.act.add_after',
    text: 'work.act.add_after_text',
    told: 'work.told.add',
    asks: 'person',
    run: (item, filled) => workActs.add(item, 'after', giving(filled)),
  },
  urge: {
    label: 'work.act.urge',
    text: 'work.act.urge_text',
    told: 'work.told.urge',
    asks: undefined,
    run: (item, { comment }) => workActs.urge(item, comment),
  },
  change_due: {
    label: 'work.act.change_due',
    text: 'work.act.change_due_text',
    told: 'work.told.change_due',
    asks: 'due',
    run: (item, { due, comment }) => workActs.changeDue(item, due, comment),
  },
}

/** The acts for which a dialog is opened that the person may do with the item. */
export function askedActsOf({ can }: WorkItem): readonly AskedAct[] {
  const names: readonly AskedAct[] = [
    'return',
    'transfer',
    'delegate',
    'add_before',
    'add_after',
    'urge',
    'change_due',
  ]
  return names.filter((name) => can.includes(name === 'add_before' || name === 'add_after' ? 'add' : name))
}
