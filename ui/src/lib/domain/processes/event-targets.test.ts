import { expect, test } from 'vitest'
import type { ProcessMeta, ProcessView } from '#lib/shared/api/types.ts'
import { canLead, waysTo } from './event-targets.ts'

const process = {
  events: [
    { name: 'finish', targets: { draft: ['waiting', 'approved'] } },
    { name: 'send', targets: { approved: ['sent.open'] } },
    { name: 'withdraw', targets: { waiting: ['draft'], 'sent.open': ['draft'] } },
  ],
} as unknown as ProcessMeta

const view = {
  states: ['draft'],
  events: [
    { name: 'finish', possible: true },
    { name: 'send', possible: false, reason: 'later' },
    { name: 'withdraw', possible: true },
  ],
} as unknown as ProcessView

const names = (events: readonly { name: string }[]) => events.map(({ name }) => name)

test('a step leads to each state that its guards could choose', () => {
  expect(names(waysTo(process, view, 'approved').possible)).toEqual(['finish'])
  expect(names(waysTo(process, view, 'waiting').possible)).toEqual(['finish'])
})

test('a step that is possible but leads elsewhere is no way', () => {
  expect(waysTo(process, view, 'sent')).toEqual({ possible: [], refused: [] })
})

test('a step that is refused now is told apart', () => {
  const approved = { ...view, states: ['approved'] }
  const { possible, refused } = waysTo(process, approved, 'sent')
  expect([names(possible), names(refused)]).toEqual([[], ['send']])
})

test('a state stands for the states inside of it', () => {
  expect([canLead(process, 'approved', 'sent'), canLead(process, 'sent', 'draft')]).toEqual([true, true])
  expect(canLead(process, 'draft', 'sent')).toBe(false)
})
