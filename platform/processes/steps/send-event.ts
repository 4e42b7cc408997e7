import { invalid, notFound, TesseraError } from '../../access/errors.ts'
import type { EventModel, ObjectModel, ProcessModel } from '../../definitions/model/model.ts'
import { lockPrior } from '../../records/write/prior.ts'
import { readableObject } from '../../records/read/selection.ts'
import { asConsequence, type UnitOfWork } from '../../records/unit-of-work.ts'
import type { RecordValues } from '../../records/values.ts'
import { getRecord } from '../../records/read/get.ts'
import { nearest } from '../../definitions/nearest.ts'
import type { ProcessPorts } from '../ports.ts'
import type { AppliedStep, EventRequest } from './apply.ts'
import { causeOf } from './cause.ts'
import { checkForm } from './form.ts'
import { OpenedRecords } from './opened-records.ts'
import { instanceOfRecord, type Instance } from './instance.ts'
import { eventRefused, possibleEventNames, refusal, refusalOf } from './refusal.ts'
import { takeStep } from './take-step.ts'
import { eventVariables, processRecord } from './variables.ts'

/** How far events that processes send to each other may go on before they are broken off. */
const maxDepth = 8

/**
 * Sends an event to the process that governs a record: authorise, check the form, one durable step.
 * @throws TesseraError not_found, forbidden, validation (form), conflict (version), event_refused (with `possible`)
 */
export async function sendEvent(
  unit: UnitOfWork,
  request: EventRequest,
  options: { depth?: number; ports?: ProcessPorts; by?: 'person' | 'process' } = {},
): Promise<AppliedStep> {
  const { depth = 0, ports = {}, by = 'person' } = options
  if (depth > maxDepth)
    throw new TesseraError(
      'event_refused',
      `Processes have sent each other more than ${maxDepth} events in a row; this looks like a loop.`,
    )
  const object = readableObject({ ...unit, object: request.object })
  const declared = governing(unit, object)
  const needs = declared.events.get(request.event)?.needs ?? 'update'
  // Sent together: the instance is read when the lock on its record is held.
  const [stored, instance] = await Promise.all([
    lockFor(unit, { object, id: request.id, needs }),
    instanceOfRecord(unit, { process: declared.name, object: object.name, record: request.id }),
  ])
  if (instance === undefined) throw notFound(`${declared.name} process for ${object.name}`, request.id)
  const { process } = instance
  const event = eventOf(process, request.event)
  if (request.version !== undefined && request.version !== stored.version)
    throw new TesseraError('conflict', `This ${object.name} was changed by somebody else in the meantime.`, {
      members: { current: await getRecord(unit, { object: object.name, id: request.id }), changed: [] },
    })
  const opened = new OpenedRecords(unit)
  const record = processRecord(opened, { object, process, values: stored })
  // What a process sends was decided by its declaration: the roles of people are not asked.
  const refused =
    by === 'person'
      ? await opened.evaluate(() => refusalOf(unit, { process, snapshot: instance.snapshot, event, record }))
      : undefined
  if (refused !== undefined) throw await refusedError(unit, { instance, record, opened, event, refused })
  const values = await checkForm(unit, { form: event.form, values: request.values, record, opened })
  const payload = eventVariables(opened, { process, form: event.form, values })
  const step = await takeStep(unit, {
    instance,
    object,
    stored,
    record,
    opened,
    event: { type: event.name, payload },
    name: event.name,
    payload: values,
    cause: causeOf(unit),
    isPermitted: needs === 'update',
    depth,
    ports,
    send: sendEvent,
  })
  if (!step.isTaken)
    throw await refusedError(unit, {
      instance,
      record,
      opened,
      event,
      refused: refusal(unit, 'guard', { condition: guardTexts(process, event.name) }),
    })
  return step
}

export function governing(unit: UnitOfWork, object: ObjectModel): ProcessModel {
  const process = unit.model.processes.get(object.lifecycle?.process ?? '')
  if (process === undefined)
    throw new TesseraError('not_found', `No process governs ${object.name}; it has no events.`)
  return process
}

async function lockFor(
  unit: UnitOfWork,
  options: { object: ObjectModel; id: string; needs: 'read' | 'update' },
): Promise<RecordValues> {
  if (options.needs === 'update') return lockPrior(unit, { ...options, action: 'update' })
  const [, stored] = await Promise.all([
    getRecord(unit, { object: options.object.name, id: options.id, fields: ['id'], hasLines: false }),
    lockPrior(asConsequence(unit), { ...options, action: 'update' }),
  ])
  return stored
}

function eventOf(process: ProcessModel, name: string): EventModel {
  const event = process.events.get(name)
  if (event !== undefined) return event
  const near = nearest(name, [...process.events.keys()])
  const hint = near === undefined ? '' : `; did you mean "${near}"?`
  throw invalid([
    { field: 'event', code: 'unknown_event', message: `"${name}" is not an event of ${process.name}${hint}` },
  ])
}

async function refusedError(
  unit: UnitOfWork,
  options: {
    instance: Instance
    record: RecordValues
    opened: OpenedRecords
    event: EventModel
    refused: { reason: string; text: string }
  },
): Promise<TesseraError> {
  const { instance, record, opened, event, refused } = options
  const { process, snapshot } = instance
  const possible = await opened.evaluate(() => possibleEventNames(unit, { process, snapshot, record }))
  return eventRefused(event.name, refused.text, { reason: refused.reason, possible })
}

function guardTexts(process: ProcessModel, event: string): string {
  const texts = new Set<string>()
  const visit = (node: Readonly<Record<string, unknown>>): void => {
    const list = [((node.on ?? {}) as Record<string, unknown>)[event] ?? []].flat()
    for (const each of list) {
      const number = (each as { guard?: { params?: { expression?: number } } }).guard?.params?.expression
      if (number !== undefined) texts.add(process.expressions[number]?.text ?? '')
    }
    for (const child of Object.values(
      (node.states ?? {}) as Record<string, Readonly<Record<string, unknown>>>,
    ))
      visit(child)
  }
  visit(process.machine)
  return [...texts].join(' / ')
}
