import { v7 as uuidv7 } from 'uuid'
import type { LocalText } from '../../definitions/model/model.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import { localText } from '../../records/write/rules.ts'
import { away } from './substitutes.ts'
import { isBarred } from './rights.ts'
import type { WorkItemRow } from './work-item.ts'

type Words = (names: { by: string; title: string; count: number }) => string

/** What people are told about work, in the languages of the product. */
const texts = {
  urge: {
    en: ({ by, title }) => `${by} asks you to see to “${title}”.`,
    'zh-CN': ({ by, title }) => `${by}催办：“${title}”。`,
  },
  transfer: {
    en: ({ by, title }) => `${by} passed “${title}” on to you.`,
    'zh-CN': ({ by, title }) => `${by}将“${title}”转签给您。`,
  },
  overdue: {
    en: ({ title }) => `“${title}” is late.`,
    'zh-CN': ({ title }) => `“${title}”已超时。`,
  },
  assign: {
    en: ({ title }) => `“${title}” is yours.`,
    'zh-CN': ({ title }) => `“${title}”已分配给您。`,
  },
  delegate: {
    en: ({ by, title }) => `${by} asks for your answer on “${title}”.`,
    'zh-CN': ({ by, title }) => `${by}委派您处理“${title}”。`,
  },
  answer: {
    en: ({ by, title }) => `${by} answered on “${title}”; it is yours again.`,
    'zh-CN': ({ by, title }) => `${by}已答复“${title}”，请您继续处理。`,
  },
  add: {
    en: ({ by, title }) => `${by} added you to “${title}”.`,
    'zh-CN': ({ by, title }) => `${by}请您加签“${title}”。`,
  },
  added_acted: {
    en: ({ title }) => `Those who were added before you have acted on “${title}”; it is yours again.`,
    'zh-CN': ({ title }) => `“${title}”的加签人均已处理，请您继续处理。`,
  },
  hand_over: {
    en: ({ by, count }) => `${by} handed ${count === 1 ? 'a piece' : `${count} pieces`} of work over to you.`,
    'zh-CN': ({ by, count }) => `${by}向您移交了${count}项工作。`,
  },
  decide: {
    en: ({ title }) => `“${title}” waits for your decision.`,
    'zh-CN': ({ title }) => `“${title}”等待您审批。`,
  },
  decided: {
    en: ({ title }) => `“${title}” is decided; nothing is left for you to do.`,
    'zh-CN': ({ title }) => `“${title}”已有结果，无需您再处理。`,
  },
  returned: {
    en: ({ by, title }) => `${by} returned “${title}”.`,
    'zh-CN': ({ by, title }) => `${by}退回了“${title}”。`,
  },
  withdrawn: {
    en: ({ by, title }) => `${by} withdrew “${title}”.`,
    'zh-CN': ({ by, title }) => `${by}撤回了“${title}”。`,
  },
  taken_back: {
    en: ({ by, title }) => `${by} decides on “${title}” anew.`,
    'zh-CN': ({ by, title }) => `${by}拿回了“${title}”，将重新处理。`,
  },
  passed_on: {
    en: ({ title }) => `The time for “${title}” is over; it was passed on.`,
    'zh-CN': ({ title }) => `“${title}”已超时，转由他人处理。`,
  },
  copy_start: {
    en: ({ by, title }) => `For your information: ${by} asks for “${title}”.`,
    'zh-CN': ({ by, title }) => `抄送：${by}发起了“${title}”。`,
  },
  copy_approved: {
    en: ({ title }) => `For your information: “${title}” was approved.`,
    'zh-CN': ({ title }) => `抄送：“${title}”已通过。`,
  },
  copy_rejected: {
    en: ({ title }) => `For your information: “${title}” was rejected.`,
    'zh-CN': ({ title }) => `抄送：“${title}”被驳回。`,
  },
  copy_returned: {
    en: ({ title }) => `For your information: “${title}” was returned.`,
    'zh-CN': ({ title }) => `抄送：“${title}”被退回。`,
  },
  copy_withdrawn: {
    en: ({ title }) => `For your information: “${title}” was withdrawn.`,
    'zh-CN': ({ title }) => `抄送：“${title}”已撤回。`,
  },
} satisfies Readonly<Record<string, { en: Words; 'zh-CN': Words }>>

export type TellingText = keyof typeof texts

/**
 * Puts a notification into the inbox of each of the people, and of those who stand in for them now: once each, in their
 * language, and not for the one who acts. `roles`: all who hold one of them, for work that nobody has yet.
 */
export async function tellPeople(
  unit: UnitOfWork,
  options: {
    text: TellingText
    people: readonly (string | null)[]
    roles?: readonly string[]
    item?: WorkItemRow
    /** An approval in levels, where it is no single item. */
    about?: { readonly title: LocalText; readonly object: string; readonly record: string }
    count?: number
  },
): Promise<void> {
  const { text, people, roles = [], item, about = item, count = 0 } = options
  if (roles.length === 0 && people.every((person) => person === null)) return
  const me = unit.principal.userId ?? null
  const now = unit.moment.now.toISOString()
  const found = (await unit.sql.unsafe(
    `with recursive ${away}, reached(id) as (select unnest($3::uuid[])
       union select a.substitute from away a join reached r on r.id = a.person)
     select u.id, u.locale from "user" u where (u.id in (select id from reached) or u.roles && $4::text[])
       and u.id is distinct from $1::uuid and u.is_active is distinct from false and u.deleted_at is null limit 500`,
    [me, now, people.filter((person) => person !== null), roles as string[]],
    { prepare: true },
  )) as unknown as { id: string; locale: string | null }[]
  const told = found.filter(({ id }) => item === undefined || !isBarred(item, id))
  if (told.length === 0) return
  const words = (locale: string) =>
    texts[text][locale === 'zh-CN' ? 'zh-CN' : 'en']({
      by: unit.principal.name,
      title: about === undefined ? '' : localText(about.title, locale),
      count,
    })
  await unit.sql.unsafe(
    `insert into _notification (id, recipient, text, object, record, created_at)
     select n.id, n.recipient, n.text, $4::text, $5::uuid, $6::timestamptz
     from unnest($1::uuid[], $2::uuid[], $3::text[]) as n(id, recipient, text)`,
    [
      told.map(() => uuidv7()),
      told.map(({ id }) => id),
      told.map(({ locale }) => words(locale ?? unit.model.settings.locale)),
      about?.object ?? null,
      about?.record ?? null,
      now,
    ],
    { prepare: true },
  )
}
