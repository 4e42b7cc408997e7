import { schemaRef, type Route } from './operation.ts'

const filter = {
  from: { description: 'Not before this moment.', schema: { type: 'string', format: 'date-time' } },
  to: { description: 'Before this moment.', schema: { type: 'string', format: 'date-time' } },
  person: {
    description: 'Who acted, or in whose place somebody acted.',
    schema: { type: 'string', format: 'uuid' },
  },
  action: { description: 'An action, or the first part of several: `key` finds `key.created`.' },
  object: { description: 'The object of what was acted on.' },
  record: { description: 'The record that was acted on.', schema: { type: 'string', format: 'uuid' } },
}

/** The audit log; all of it needs the feature "audit". */
export const auditPaths: readonly Route[] = [
  [
    'get',
    '/api/audit',
    {
      id: 'list_audit',
      summary: 'Entries of the audit log, newest first',
      query: {
        ...filter,
        after: { description: 'The `next` of the page before.' },
        limit: { description: 'Entries in a page: 50, at most 500.', schema: { type: 'integer' } },
      },
      answer: schemaRef('AuditPage'),
    },
  ],
  [
    'get',
    '/api/audit/export',
    {
      id: 'export_audit',
      summary: 'The audit log as a file; written in the log itself',
      query: { ...filter, format: { description: 'csv if not said.', schema: { enum: ['csv', 'ndjson'] } } },
      answer: { type: 'string' },
      answerType: 'text/csv',
    },
  ],
]
