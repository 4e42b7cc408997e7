import { z } from 'zod'
import { localText, person } from './common.ts'
import { listedKey } from './keys.ts'

const text = z.string()
const count = z.number().int()

export const personState = z.enum(['none', 'invited', 'active', 'locked', 'deactivated']).meta({
  id: 'PersonState',
  description:
    'none: cannot sign in and has no invitation that holds. invited: may choose a password. locked: too many sign-ins ' +
    'have failed. deactivated: has no access.',
})

export const listedPerson = z
  .object({
    id: text,
    version: count,
    name: text,
    email: text,
    state: personState,
    roles: z.array(text),
    team: person.nullable(),
    manager: person.nullable(),
    last_sign_in_at: text.nullable(),
    invited_until: text.nullable(),
    sessions: count.meta({ description: 'How many are open.' }),
    open_work: count,
    is_self: z.boolean(),
  })
  .meta({ id: 'ListedPerson' })

export const listedPeople = z
  .object({
    items: z.array(listedPerson),
    next: text.nullable(),
    total: count.nullable().meta({ description: 'null where it would take a look at everybody.' }),
  })
  .meta({ id: 'ListedPeople' })

export const peopleQuery = z.strictObject({
  search: text.max(200).optional(),
  state: personState.optional(),
  role: text.max(100).optional(),
  team: z.uuid().optional(),
  after: text.max(2_000).optional(),
})

export const deactivation = z
  .strictObject({
    hand_over_to: z.uuid().optional().meta({ description: 'Who gets the open work.' }),
  })
  .meta({ id: 'Deactivation' })

export const deactivated = z
  .object({
    handed_over: count,
    kept: count.meta({ description: 'Work that the other may not do; it stays where it is.' }),
  })
  .meta({ id: 'Deactivated' })

export const endedSessions = z.object({ ended: count }).meta({ id: 'EndedSessions' })

export const invitationToken = z.strictObject({ token: text.min(1).max(200) }).meta({ id: 'InvitationToken' })

export const openInvitation = z
  .object({ email: text, name: text, expires_at: text })
  .meta({ id: 'OpenInvitation', description: 'Whose invitation it is, for who holds its token.' })

const recordRight = z.object({
  level: text,
  where: text.optional().meta({ description: 'The row rule that must hold as well.' }),
})

export const listedRole = z
  .object({
    name: text,
    label: localText,
    description: localText.optional(),
    features: z.array(text),
    objects: z.array(
      z.object({
        object: text.meta({ description: '`*` stands for every object that is not named.' }),
        label: localText.optional(),
        create: z.boolean(),
        read: recordRight,
        update: recordRight,
        delete: recordRight,
      }),
    ),
    holders: count.meta({ description: 'Active people who hold it.' }),
    files: z.array(text).meta({ description: 'The files that declare it; empty where that is not known.' }),
    pointer: text.meta({ description: 'Where it is declared, as `tessera explain` takes it.' }),
  })
  .meta({ id: 'ListedRole' })

export const listedRoles = z.object({ items: z.array(listedRole) }).meta({ id: 'ListedRoles' })

export const pageQuery = z.strictObject({ after: z.uuid().optional() })

export const ownedKey = listedKey.extend({ owner: person }).meta({ id: 'OwnedKey' })

export const ownedKeys = z
  .object({ items: z.array(ownedKey), next: text.nullable() })
  .meta({ id: 'OwnedKeys' })

export const listedSignIn = z
  .object({
    id: text,
    at: text,
    person: person.nullable(),
    email: text,
    address: text.nullable(),
    succeeded: z.boolean(),
    reason: text.nullable().meta({ description: 'Why it failed.' }),
  })
  .meta({ id: 'ListedSignIn' })

export const listedSignIns = z
  .object({ items: z.array(listedSignIn), next: text.nullable() })
  .meta({ id: 'ListedSignIns' })

export const signInQuery = z.strictObject({
  person: z.uuid().optional(),
  outcome: z.enum(['succeeded', 'failed']).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
  after: z.uuid().optional(),
})
