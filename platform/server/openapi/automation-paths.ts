import { schemaRef, type Route } from './operation.ts'

/** What is sent to the outside, what comes from there, and what triggers do. */
export const automation: readonly Route[] = [
  [
    'get',
    '/api/outgoing',
    {
      id: 'list_outgoing',
      summary: 'Requests and mails to the outside, newest first; needs administer',
      query: {
        status: { description: 'How they stand.', schema: schemaRef('OutgoingStatus') },
        kind: { description: 'request or email.', schema: { enum: ['request', 'email'] } },
        connection: { description: 'Over this connection.' },
        after: { description: 'The `next` of the page before.' },
      },
      answer: schemaRef('OutgoingList'),
    },
  ],
  [
    'get',
    '/api/outgoing/{id}',
    {
      id: 'read_outgoing',
      summary: 'One of them with every attempt; needs administer',
      path: ['id'],
      answer: schemaRef('OutgoingDetail'),
    },
  ],
  [
    'post',
    '/api/outgoing/replay',
    {
      id: 'replay_outgoing',
      summary: 'Send again what failed for good; needs administer',
      body: schemaRef('OutgoingChoice'),
      answer: schemaRef('SettledCount'),
    },
  ],
  [
    'post',
    '/api/outgoing/discard',
    {
      id: 'discard_outgoing',
      summary: 'Give up what failed for good; needs administer',
      body: schemaRef('OutgoingChoice'),
      answer: schemaRef('SettledCount'),
    },
  ],
  [
    'get',
    '/api/trigger-runs',
    {
      id: 'list_trigger_runs',
      summary: 'What triggers did and have to do, newest first; needs administer',
      query: {
        status: { description: 'How they stand.', schema: schemaRef('TriggerRunStatus') },
        trigger: { description: 'Of this trigger.' },
        after: { description: 'The `next` of the page before.' },
      },
      answer: schemaRef('TriggerRuns'),
    },
  ],
  [
    'post',
    '/api/trigger-runs/replay',
    {
      id: 'replay_trigger_runs',
      summary: 'Carry out again what failed or was stopped; needs administer',
      body: schemaRef('TriggerRunChoice'),
      answer: schemaRef('SettledCount'),
    },
  ],
  [
    'post',
    '/api/trigger-runs/discard',
    {
      id: 'discard_trigger_runs',
      summary: 'Give up what failed or was stopped; needs administer',
      body: schemaRef('TriggerRunChoice'),
      answer: schemaRef('SettledCount'),
    },
  ],
  [
    'post',
    '/api/inbound/{tenant}/{trigger}',
    {
      id: 'receive',
      summary: 'Set a trigger off',
      description:
        'The trigger says how the sender proves who it is: with the header `Authorization: Bearer <key>`, or with ' +
        '`Tessera-Signature`. The same `Idempotency-Key` is taken once.',
      path: ['tenant', 'trigger'],
      body: schemaRef('InboundBody'),
      answer: schemaRef('InboundAnswer'),
      status: 202,
      isPublic: true,
    },
  ],
]
