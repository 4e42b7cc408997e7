import { schemaRef, type Route } from './operation.ts'

const people: readonly Route[] = [
  [
    'get',
    '/api/administration/people',
    {
      id: 'administer_people',
      summary: 'People with the state of their access, by name',
      query: {
        search: { description: 'Words of name or address.' },
        state: { description: 'The state of the access.', schema: schemaRef('PersonState') },
        role: { description: 'Those who hold a role.' },
        team: { description: 'Those of a team.' },
        after: { description: 'The `next` of the page before.' },
      },
      answer: schemaRef('ListedPeople'),
    },
  ],
  [
    'get',
    '/api/administration/people/{id}',
    { id: 'administer_person', summary: 'One of them', path: ['id'], answer: schemaRef('ListedPerson') },
  ],
  [
    'post',
    '/api/administration/people/{id}/deactivate',
    {
      id: 'deactivate_person',
      summary: 'Take the access away, and hand the open work over',
      path: ['id'],
      body: schemaRef('Deactivation'),
      answer: schemaRef('Deactivated'),
    },
  ],
  [
    'post',
    '/api/administration/people/{id}/activate',
    { id: 'activate_person', summary: 'Give the access back', path: ['id'] },
  ],
  [
    'post',
    '/api/administration/people/{id}/end-sessions',
    { id: 'end_sessions', summary: 'End all sessions', path: ['id'], answer: schemaRef('EndedSessions') },
  ],
  [
    'post',
    '/api/administration/people/{id}/unlock',
    { id: 'unlock_person', summary: 'Let in again after too many failures', path: ['id'] },
  ],
  [
    'post',
    '/api/invitations/open',
    {
      id: 'open_invitation',
      summary: 'Whose invitation a token is',
      body: schemaRef('InvitationToken'),
      answer: schemaRef('OpenInvitation'),
      isPublic: true,
    },
  ],
]

const roles: readonly Route[] = [
  [
    'get',
    '/api/administration/roles',
    { id: 'administer_roles', summary: 'The declared roles', answer: schemaRef('ListedRoles') },
  ],
]

const keys: readonly Route[] = [
  [
    'get',
    '/api/administration/keys',
    {
      id: 'administer_keys',
      summary: 'The API keys of all people, the newest first',
      query: { after: { description: 'The `next` of the page before.' } },
      answer: schemaRef('OwnedKeys'),
    },
  ],
  [
    'delete',
    '/api/administration/keys/{id}',
    { id: 'revoke_any_key', summary: 'Revoke the key of anybody', path: ['id'] },
  ],
]

const signIns: readonly Route[] = [
  [
    'get',
    '/api/administration/sign-ins',
    {
      id: 'administer_sign_ins',
      summary: 'Sign-ins that were tried, the newest first',
      query: {
        person: { description: 'Those of a person.' },
        outcome: { description: 'How they ended.', schema: { enum: ['succeeded', 'failed'] } },
        from: { description: 'Not before.', schema: { type: 'string', format: 'date-time' } },
        until: { description: 'Before.', schema: { type: 'string', format: 'date-time' } },
        after: { description: 'The `next` of the page before.' },
      },
      answer: schemaRef('ListedSignIns'),
    },
  ],
]

/** Looking after people, roles, keys and sign-ins; all of it needs the feature "administer". */
export const administrationPaths: readonly Route[] = [...people, ...roles, ...keys, ...signIns]
