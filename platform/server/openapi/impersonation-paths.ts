import { schemaRef, type Route } from './operation.ts'

/** Acting for another person, for support; needs the feature "impersonate". */
export const impersonationPaths: readonly Route[] = [
  [
    'post',
    '/api/impersonation',
    {
      id: 'impersonate',
      summary: 'Act for another person in this session, for an hour at most',
      body: schemaRef('ImpersonationRequest'),
      answer: schemaRef('Impersonation'),
      status: 201,
    },
  ],
  ['delete', '/api/impersonation', { id: 'end_impersonation', summary: 'Act for oneself again' }],
]
