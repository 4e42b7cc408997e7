import { schemaRef, type Route } from './operation.ts'

/** Personal data: erasing them needs the feature "erase"; unsubscribing needs a link from a mail. */
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
  [
    'get',
    '/api/unsubscribe/{tenant}/{object}/{record}',
    {
      id: 'ask_to_unsubscribe',
      summary: 'The page on which a person withdraws the consent to marketing mails',
      path: ['tenant', 'object', 'record'],
      query: { signature: { description: 'As the link in the mail has it.' } },
      answer: { type: 'string' },
      answerType: 'text/html',
      isPublic: true,
    },
  ],
  [
    'post',
    '/api/unsubscribe/{tenant}/{object}/{record}',
    {
      id: 'unsubscribe',
      summary: 'Withdraw the consent to marketing mails, as mail programs do it with one click (RFC 8058)',
      path: ['tenant', 'object', 'record'],
      query: { signature: { description: 'As the link in the mail has it.' } },
      answer: { type: 'string' },
      answerType: 'text/html',
      isPublic: true,
    },
  ],
]
