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

/** Looking after people, roles, keys and sign-ins; all of it needs the feature "administer". */
export const administrationPaths: readonly Route[] = [...people, ...roles]
