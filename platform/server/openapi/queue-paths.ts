import { schemaRef, type Route } from './operation.ts'

export const queuePaths: readonly Route[] = [
  [
    'get',
    '/api/queues',
    { id: 'list_queues', summary: 'The queues that one gets work from', answer: schemaRef('Queues') },
  ],
  [
    'get',
    '/api/queues/{queue}',
    { id: 'queue', summary: 'What waits, and who does it', path: ['queue'], answer: schemaRef('QueueView') },
  ],
  [
    'post',
    '/api/queues/{queue}/next',
    {
      id: 'take_next',
      summary: 'Take the next work of a queue; 204 where nothing waits',
      path: ['queue'],
      answer: schemaRef('WorkItem'),
    },
  ],
  [
    'get',
    '/api/presence',
    { id: 'presence', summary: 'Whether one is here for work', answer: schemaRef('Presence') },
  ],
  [
    'post',
    '/api/presence',
    {
      id: 'set_presence',
      summary: 'Be available, busy or away; another person needs administer',
      body: schemaRef('PresenceRequest'),
      answer: schemaRef('Presence'),
    },
  ],
  ['post', '/api/presence/seen', { id: 'be_seen', summary: 'One does something: not idle' }],
  [
    'get',
    '/api/work-profiles/{person}',
    {
      id: 'work_profile',
      summary: 'Skills and capacity of a person',
      path: ['person'],
      answer: schemaRef('WorkProfile'),
    },
  ],
  [
    'patch',
    '/api/work-profiles/{person}',
    {
      id: 'change_work_profile',
      summary: 'Change skills and capacity; for those above and administrators',
      path: ['person'],
      body: schemaRef('WorkProfileChange'),
      answer: schemaRef('WorkProfile'),
    },
  ],
]
