import { schemaRef, type Route } from './operation.ts'

/** Personal data; all of it needs the feature "erase". */
export const erasurePaths: readonly Route[] = [
  [
    'post',
    '/api/erasure/preview',
    {
      id: 'preview_erasure',
      summary: 'What is known of a person, what would be erased and what is kept',
      body: schemaRef('ErasureRequest'),
      answer: schemaRef('ErasureReport'),
    },
  ],
  [
    'post',
    '/api/erasure',
    {
      id: 'erase_person',
      summary: 'Erase the data of a person; nothing brings them back',
      body: schemaRef('ErasureRequest'),
      answer: schemaRef('Erasure'),
      status: 201,
    },
  ],
  [
    'get',
    '/api/erasure',
    {
      id: 'list_erasures',
      summary: 'What was erased, newest first, with the reports',
      query: { after: { description: 'The `next` of the page before.' } },
      answer: schemaRef('Erasures'),
    },
  ],
]
