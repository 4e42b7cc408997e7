import type { JsonSchema } from '../contract/components.ts'
import type { ObjectModel } from '../../definitions/model/model.ts'
import type { Visibility } from '../meta/visibility.ts'
import { attachmentPaths } from './attachment-paths.ts'
import { sharingPaths } from './sharing-paths.ts'
import { formSchema, plain } from './object-schemas.ts'
import { operation, schemaRef } from './operation.ts'
import { expansion, listParameters } from './parameters.ts'

type Paths = Record<string, Record<string, JsonSchema>>

/** The addresses of one object, as far as the rights let them be used. */
export function objectPaths(visibility: Visibility, object: ObjectModel): Paths {
  const { name } = object
  const granted = visibility.rights.object(name)
  const one = plain(object.label)
  const many = plain(object.plural)
  const root = `/api/records/${name}`
  const record = schemaRef(name)
  const input = schemaRef(`${name}_input`)
  const tag = name
  const page = {
    type: 'object',
    required: ['rows', 'next'],
    properties: {
      rows: { type: 'array', items: record },
      next: { type: ['string', 'null'], description: 'The cursor of the next page.' },
      count: { type: 'object', properties: { value: { type: 'integer' }, capped: { type: 'boolean' } } },
    },
  }
  const paths: Paths = {}
  const add = (path: string, method: string, entry: JsonSchema) => {
    paths[path] = { ...paths[path], [method]: entry }
  }
  if (granted.read.length > 0) {
    add(
      root,
      'get',
      operation({ id: `list_${name}`, tag, summary: `List: ${many}`, query: listParameters, answer: page }),
    )
    add(
      `${root}/query`,
      'post',
      operation({
        id: `query_${name}`,
        tag,
        summary: `Query: ${many}`,
        body: schemaRef('RecordQuery'),
        answer: page,
      }),
    )
    add(
      `${root}/aggregate`,
      'post',
      operation({
        id: `aggregate_${name}`,
        tag,
        summary: `Totals and groups: ${many}`,
        body: schemaRef('AggregateQuery'),
        answer: schemaRef('Aggregate'),
      }),
    )
    add(
      `${root}/{id}`,
      'get',
      operation({
        id: `get_${name}`,
        tag,
        summary: `Read: ${one}`,
        path: ['id'],
        query: expansion,
        answer: record,
      }),
    )
    add(
      `${root}/{id}/history`,
      'get',
      operation({
        id: `history_${name}`,
        tag,
        summary: `What happened: ${one}`,
        path: ['id'],
        query: { after: { description: 'The `next` of the page before.' } },
        answer: schemaRef('History'),
      }),
    )
  }
  if (granted.create)
    add(
      root,
      'post',
      operation({
        id: `create_${name}`,
        tag,
        summary: `Create: ${one}`,
        body: input,
        answer: record,
        status: 201,
      }),
    )
  if (granted.create && granted.update.length > 0)
    for (const key of keysOf(object))
      add(
        `${root}/by/${key}`,
        'put',
        operation({
          id: `upsert_${name}_by_${key}`,
          tag,
          summary: `Create or change by ${key}: ${one}`,
          body: input,
          answer: schemaRef('Upserted'),
        }),
      )
  if (granted.update.length > 0)
    add(
      `${root}/{id}`,
      'patch',
      operation({
        id: `update_${name}`,
        tag,
        summary: `Change: ${one}`,
        path: ['id'],
        body: input,
        answer: record,
      }),
    )
  if (granted.delete.length > 0) {
    add(
      `${root}/{id}`,
      'delete',
      operation({ id: `delete_${name}`, tag, summary: `Delete: ${one}`, path: ['id'] }),
    )
    add(
      `${root}/{id}/restore`,
      'post',
      operation({ id: `restore_${name}`, tag, summary: `Restore: ${one}`, path: ['id'], answer: record }),
    )
  }
  return {
    ...paths,
    ...(granted.read.length > 0 ? attachmentPaths(`${root}/{id}`, { tag, name }) : {}),
    ...(object.sharing.byHand && granted.update.length > 0
      ? sharingPaths(`${root}/{id}`, { tag, name })
      : {}),
    ...clockPaths(visibility, object),
    ...processPaths(visibility, object),
  }
}

function clockPaths({ model, rights }: Visibility, { name }: ObjectModel): Paths {
  if (!model.serviceLevels.has(name) || rights.object(name).read.length === 0) return {}
  return {
    [`/api/records/${name}/{id}/clocks`]: {
      get: operation({
        id: `clocks_of_${name}`,
        tag: name,
        summary: 'What is promised, and how much time is left',
        path: ['id'],
        answer: schemaRef('Clocks'),
      }),
    },
  }
}

function processPaths(visibility: Visibility, object: ObjectModel): Paths {
  const { name, lifecycle } = object
  const process = visibility.model.processes.get(lifecycle?.process ?? '')
  if (process === undefined || visibility.rights.object(name).read.length === 0) return {}
  const root = `/api/records/${name}/{id}`
  const paths: Paths = {
    [`${root}/process`]: {
      get: operation({
        id: `process_of_${name}`,
        tag: name,
        summary: `Place in the process: ${plain(process.label)}`,
        path: ['id'],
        answer: schemaRef('ProcessView'),
      }),
    },
    [`${root}/process/picture`]: {
      get: operation({
        id: `process_picture_of_${name}`,
        tag: name,
        summary: `The machine, where the record is in it and how it got there: ${plain(process.label)}`,
        path: ['id'],
        answer: schemaRef('ProcessPicture'),
      }),
    },
    [`${root}/process/steps`]: {
      get: operation({
        id: `process_steps_of_${name}`,
        tag: name,
        summary: `Every step and its reason, newest first: ${plain(process.label)}`,
        path: ['id'],
        query: {
          after: { description: 'The `next` of the page before.' },
          limit: { description: 'Steps in a page: 50, at most 200.', schema: { type: 'integer' } },
          state: { description: 'Only steps that entered or left the state.' },
          transition: { description: 'Only steps that took the transition, by its id in the picture.' },
        },
        answer: schemaRef('ProcessSteps'),
      }),
    },
  }
  for (const event of process.events.values()) {
    if (!visibility.isForRoles(event.allowedRoles)) continue
    paths[`${root}/events/${event.name}`] = {
      post: operation({
        id: `${name}_${event.name}`,
        tag: name,
        summary: `Event: ${plain(event.label)}`,
        ...(event.help === undefined ? {} : { description: plain(event.help) }),
        path: ['id'],
        query: { expand: { description: '`process`: where the record is in its process now.' } },
        body: {
          type: 'object',
          additionalProperties: false,
          properties: { version: { type: 'integer' }, values: formSchema(event.form) },
        },
        answer: schemaRef('EventAnswer'),
      }),
    }
  }
  return paths
}

function keysOf(object: ObjectModel): readonly string[] {
  const unique = [...object.fields.values()].filter((field) => field.isUnique).map((field) => field.name)
  return [...new Set([...object.keys.map((key) => key.name), ...unique])]
}
