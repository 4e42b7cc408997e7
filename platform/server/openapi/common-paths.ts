import type { JsonSchema } from '../contract/components.ts'
import { accountPaths } from './account-paths.ts'
import { administrationPaths } from './administration-paths.ts'
import { accessPaths } from './access-paths.ts'
import { attachmentPaths } from './attachment-paths.ts'
import { auditPaths } from './audit-paths.ts'
import { automation } from './automation-paths.ts'
import { erasurePaths } from './erasure-paths.ts'
import { impersonationPaths } from './impersonation-paths.ts'
import { operationPaths } from './operation-paths.ts'
import { operation, schemaRef, type Route } from './operation.ts'
import { queuePaths } from './queue-paths.ts'

const session: readonly Route[] = [
  ...accountPaths,
  [
    'get',
    '/api/session',
    { id: 'session', summary: 'Who is signed in, and where', answer: schemaRef('Session') },
  ],
  [
    'patch',
    '/api/session',
    { id: 'change_session', summary: 'Choose language and time zone', body: schemaRef('SessionChange') },
  ],
  ['get', '/api/keys', { id: 'list_keys', summary: 'Own API keys', answer: schemaRef('KeyList') }],
  [
    'post',
    '/api/keys',
    {
      id: 'create_key',
      summary: 'Make an API key',
      body: schemaRef('KeyRequest'),
      answer: schemaRef('CreatedKey'),
      status: 201,
    },
  ],
  ['delete', '/api/keys/{id}', { id: 'revoke_key', summary: 'Revoke an API key', path: ['id'] }],
  [
    'post',
    '/api/users/{id}/invitation',
    {
      id: 'invite',
      summary: 'Invite a person to choose a password',
      path: ['id'],
      answer: schemaRef('Invitation'),
      status: 201,
    },
  ],
]

const declarations: readonly Route[] = [
  [
    'get',
    '/api/meta',
    { id: 'meta', summary: 'The declarations as far as one may see them', answer: schemaRef('Meta') },
  ],
  [
    'get',
    '/api/versions',
    { id: 'list_versions', summary: 'Published versions', answer: schemaRef('VersionList') },
  ],
  ['get', '/api/openapi.json', { id: 'openapi', summary: 'This document', answer: { type: 'object' } }],
]

const records: readonly Route[] = [
  [
    'get',
    '/api/search',
    {
      id: 'search',
      summary: 'Search in all objects',
      query: { q: { description: 'Words to find.' } },
      answer: schemaRef('SearchAnswer'),
    },
  ],
  [
    'post',
    '/api/records/{object}/validate',
    {
      id: 'validate',
      summary: 'Try a write without doing it',
      path: ['object'],
      body: schemaRef('TrialRequest'),
      answer: schemaRef('Trial'),
    },
  ],
  [
    'post',
    '/api/records/{object}/bulk',
    {
      id: 'bulk',
      summary: 'Many writes in one request',
      path: ['object'],
      body: schemaRef('BulkRequest'),
      answer: schemaRef('BulkAnswer'),
    },
  ],
  [
    'get',
    '/api/changes',
    {
      id: 'changes',
      summary: 'Changes as they happen (server-sent events)',
      query: { objects: { description: 'Names of objects, separated by commas; all without it.' } },
      answer: schemaRef('LiveEvent'),
      answerType: 'text/event-stream',
    },
  ],
]

const work: readonly Route[] = [
  [
    'get',
    '/api/work-items',
    {
      id: 'list_work',
      summary: 'The own work',
      query: {
        status: { description: 'open or done.', schema: { enum: ['open', 'done'] } },
        held_by: { description: 'A person, or inactive: of all who left; needs administer.' },
      },
      answer: schemaRef('WorkItems'),
    },
  ],
  [
    'get',
    '/api/work-items/count',
    { id: 'count_work', summary: 'How much work waits', answer: schemaRef('WorkItemCount') },
  ],
  [
    'post',
    '/api/work-items/{id}/claim',
    {
      id: 'claim_work',
      summary: 'Take work',
      path: ['id'],
      answer: schemaRef('WorkItem'),
    },
  ],
  [
    'post',
    '/api/work-items/{id}/release',
    {
      id: 'release_work',
      summary: 'Give work back',
      path: ['id'],
      answer: schemaRef('WorkItem'),
    },
  ],
  [
    'post',
    '/api/work-items/{id}/complete',
    {
      id: 'complete_work',
      summary: 'Complete work, or decide an approval',
      path: ['id'],
      body: schemaRef('Completion'),
      answer: schemaRef('WorkItem'),
    },
  ],
  [
    'post',
    '/api/work-items/{id}/return',
    {
      id: 'return_work',
      summary: 'Return an approval to its requester or to an earlier level',
      path: ['id'],
      body: schemaRef('Returning'),
      answer: schemaRef('WorkItem'),
    },
  ],
  [
    'post',
    '/api/approvals/{id}/withdraw',
    {
      id: 'withdraw_approval',
      summary: 'Withdraw an approval that one has asked for',
      path: ['id'],
      body: schemaRef('ApprovalAct'),
    },
  ],
  [
    'post',
    '/api/approvals/{id}/take-back',
    {
      id: 'take_back_vote',
      summary: 'Take the own last word on an approval back',
      path: ['id'],
      body: schemaRef('ApprovalAct'),
    },
  ],
  [
    'post',
    '/api/work-items/{id}/transfer',
    {
      id: 'transfer_work',
      summary: 'Pass work on to another person',
      path: ['id'],
      body: schemaRef('GivingWork'),
      answer: schemaRef('WorkItem'),
    },
  ],
  [
    'post',
    '/api/work-items/{id}/delegate',
    {
      id: 'delegate_work',
      summary: 'Ask another person for an answer',
      path: ['id'],
      body: schemaRef('GivingWork'),
      answer: schemaRef('WorkItem'),
    },
  ],
  [
    'post',
    '/api/work-items/{id}/answer',
    {
      id: 'answer_work',
      summary: 'Answer delegated work, which goes back',
      path: ['id'],
      body: schemaRef('WorkRemark'),
      answer: schemaRef('WorkItem'),
    },
  ],
  [
    'post',
    '/api/work-items/{id}/recall',
    {
      id: 'recall_work',
      summary: 'Take delegated work back',
      path: ['id'],
      answer: schemaRef('WorkItem'),
    },
  ],
  [
    'post',
    '/api/work-items/{id}/add',
    {
      id: 'add_to_work',
      summary: 'Add a person who acts before or after',
      path: ['id'],
      body: schemaRef('AddingToWork'),
      answer: schemaRef('WorkItem'),
    },
  ],
  [
    'post',
    '/api/work-items/{id}/remove',
    {
      id: 'remove_from_work',
      summary: 'Remove a person who was added',
      path: ['id'],
      body: schemaRef('RemovingFromWork'),
      answer: schemaRef('WorkItem'),
    },
  ],
  [
    'post',
    '/api/work-items/{id}/comment',
    {
      id: 'comment_work',
      summary: 'Comment on work',
      path: ['id'],
      body: schemaRef('WorkRemark'),
    },
  ],
  [
    'post',
    '/api/work-items/{id}/urge',
    {
      id: 'urge_work',
      summary: 'Remind who has the work; once an hour',
      path: ['id'],
      body: schemaRef('Urging'),
    },
  ],
  [
    'post',
    '/api/work-items/{id}/due',
    {
      id: 'change_due_time',
      summary: 'Change when work is due',
      path: ['id'],
      body: schemaRef('DueChange'),
    },
  ],
  [
    'get',
    '/api/work-items/{id}/log',
    {
      id: 'work_log',
      summary: 'Every act on a work item',
      path: ['id'],
      answer: schemaRef('WorkLog'),
    },
  ],
  [
    'post',
    '/api/work-items/bulk',
    {
      id: 'bulk_work',
      summary: 'One act on many work items',
      body: schemaRef('WorkBulkRequest'),
      answer: schemaRef('WorkBulkAnswer'),
    },
  ],
  [
    'post',
    '/api/work-items/hand-over',
    {
      id: 'hand_over_work',
      summary: 'Move all open work of a person to another; needs administer',
      body: schemaRef('HandOverRequest'),
      answer: schemaRef('WorkBulkAnswer'),
    },
  ],
  [
    'get',
    '/api/absences',
    {
      id: 'list_absences',
      summary: 'Who is away and who stands in',
      query: { of: { description: 'everyone; needs administer.', schema: { enum: ['everyone'] } } },
      answer: schemaRef('Absences'),
    },
  ],
  [
    'post',
    '/api/absences',
    {
      id: 'create_absence',
      summary: 'Be away, with a substitute',
      body: schemaRef('AbsenceRequest'),
      answer: schemaRef('Absence'),
      status: 201,
    },
  ],
  [
    'delete',
    '/api/absences/{id}',
    {
      id: 'cancel_absence',
      summary: 'Take an absence back',
      path: ['id'],
    },
  ],
  [
    'get',
    '/api/notifications',
    { id: 'list_notifications', summary: 'Notifications', answer: schemaRef('Notifications') },
  ],
  [
    'post',
    '/api/notifications/read',
    { id: 'read_notifications', summary: 'Mark notifications as read', body: schemaRef('ReadRequest') },
  ],
]

const imports: readonly Route[] = [
  [
    'post',
    '/api/imports/preview',
    {
      id: 'preview_import',
      summary: 'Take in a CSV file',
      query: {
        object: { description: 'The object.' },
        file_name: { description: 'Name of the file.' },
        encoding: { description: 'Where the detection errs.' },
        delimiter: { description: 'Where the detection errs.' },
      },
      body: { type: 'string' },
      bodyType: 'text/csv',
      answer: schemaRef('ImportPreview'),
    },
  ],
  ['get', '/api/imports', { id: 'list_imports', summary: 'Own imports', answer: schemaRef('ImportRuns') }],
  [
    'post',
    '/api/imports',
    {
      id: 'start_import',
      summary: 'Start an import',
      body: schemaRef('ImportOrder'),
      answer: schemaRef('StartedImport'),
      status: 202,
    },
  ],
  [
    'get',
    '/api/imports/{id}',
    { id: 'import_status', summary: 'How far an import is', path: ['id'], answer: schemaRef('ImportRun') },
  ],
  [
    'post',
    '/api/imports/{id}/cancel',
    { id: 'cancel_import', summary: 'Stop an import', path: ['id'], answer: schemaRef('ImportRun') },
  ],
  [
    'get',
    '/api/imports/{id}/problems',
    {
      id: 'import_problems',
      summary: 'Rows that were not imported',
      path: ['id'],
      query: { after: { description: 'The `next` of the page before.' } },
      answer: schemaRef('ImportProblems'),
    },
  ],
  [
    'get',
    '/api/imports/{id}/unknown-values',
    {
      id: 'import_unknown_values',
      summary: 'Texts that stand for no choice or record, and how many rows hold them',
      path: ['id'],
      answer: schemaRef('UnknownValues'),
    },
  ],
  [
    'get',
    '/api/imports/{id}/problems.csv',
    {
      id: 'import_problems_file',
      summary: 'The same as a CSV file',
      path: ['id'],
      answer: { type: 'string' },
      answerType: 'text/csv',
    },
  ],
]

const groups = {
  session,
  declarations,
  records,
  work: [...work, ...queuePaths],
  imports,
  automation,
  operation: operationPaths,
  audit: auditPaths,
  privacy: erasurePaths,
  access: accessPaths,
  administration: [...administrationPaths, ...impersonationPaths],
}

/** The addresses that do not belong to one object. */
export function commonPaths(): Record<string, Record<string, JsonSchema>> {
  const paths: Record<string, Record<string, JsonSchema>> = {}
  for (const [tag, routes] of Object.entries(groups))
    for (const [method, path, options] of routes)
      paths[path] = { ...paths[path], [method]: operation({ ...options, tag }) }
  return { ...paths, ...attachmentPaths('/api/work-items/{id}', { tag: 'work', name: 'work_item' }) }
}
