import { schemaRef, type Route } from './operation.ts'

export const accessPaths: readonly Route[] = [
  [
    'post',
    '/api/access/explain',
    {
      id: 'explain_access',
      summary: 'Why one may or may not do something; of others: needs administer',
      body: schemaRef('ExplainRequest'),
      answer: schemaRef('AccessExplanation'),
    },
  ],
  [
    'get',
    '/api/access/matrix',
    {
      id: 'access_matrix',
      summary: 'Every right of every role; needs administer',
      answer: schemaRef('AccessMatrix'),
    },
  ],
]
