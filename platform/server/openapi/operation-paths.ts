import { schemaRef, type Route } from './operation.ts'

const filter = {
  trouble: { description: 'What is the matter.', schema: { enum: ['stuck', 'failed', 'late', 'left'] } },
  process: { description: 'The process.' },
  state: { description: 'The path of a state: those in it, or in a state inside of it.' },
  version: { description: 'The hash of the version on which they live.' },
  quiet_hours: { description: 'Only those that have not moved for so long.', schema: { type: 'number' } },
}

/** Watching over processes and repairing them; all of it needs the feature "operate". */
export const operationPaths: readonly Route[] = [
  [
    'get',
    '/api/instances',
    {
      id: 'list_instances',
      summary: 'Live processes, those that began first at the head',
      query: {
        ...filter,
        after: { description: 'The `next` of the page before.' },
        limit: { description: 'Instances in a page: 50, at most 200.', schema: { type: 'integer' } },
      },
      answer: schemaRef('ListedInstances'),
    },
  ],
  [
    'get',
    '/api/instances/counts',
    {
      id: 'count_instances',
      summary: 'How many are where, and in trouble',
      answer: schemaRef('CountedPlaces'),
    },
  ],
  [
    'post',
    '/api/instances/{id}/act',
    {
      id: 'act_on_instance',
      summary: 'Retry, skip, move or end one process; refused where it has moved meanwhile',
      path: ['id'],
      body: schemaRef('ActRequest'),
    },
  ],
  [
    'get',
    '/api/migrations',
    {
      id: 'list_migrations',
      summary: 'New versions of processes that take over what lives on earlier ones, the newest first',
      answer: schemaRef('Migrations'),
    },
  ],
  [
    'get',
    '/api/repairs',
    { id: 'list_repairs', summary: 'The latest repairs', answer: schemaRef('Repairs') },
  ],
  [
    'post',
    '/api/repairs',
    {
      id: 'start_repair',
      summary: 'One act on many processes',
      body: schemaRef('RepairRequest'),
      answer: schemaRef('StartedRepair'),
      status: 202,
    },
  ],
  [
    'get',
    '/api/repairs/{id}',
    { id: 'repair_status', summary: 'How far a repair is', path: ['id'], answer: schemaRef('Repair') },
  ],
  [
    'get',
    '/api/repairs/{id}/results',
    {
      id: 'repair_results',
      summary: 'What became of each process',
      path: ['id'],
      query: { after: { description: 'The `next` of the page before.' } },
      answer: schemaRef('RepairResults'),
    },
  ],
  [
    'post',
    '/api/repairs/{id}/cancel',
    { id: 'cancel_repair', summary: 'Stop a repair', path: ['id'], answer: schemaRef('Repair') },
  ],
]
