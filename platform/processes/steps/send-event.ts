import { invalid, notFound, TesseraError } from '../../access/errors.ts'
import type { EventModel, ObjectModel, ProcessModel } from '../../definitions/model/model.ts'
import { lockPrior } from '../../records/write/prior.ts'
import type { Expression } from '../../language/types.ts'
import { readableObject } from '../../records/read/selection.ts'
import { asConsequence, type UnitOfWork } from '../../records/unit-of-work.ts'
import type { RecordValues } from '../../records/values.ts'
import { getRecord } from '../../records/read/get.ts'
import { mayColumn } from '../../records/read/may.ts'
import { nearest } from '../../definitions/nearest.ts'
import { machineOf } from '../machine/machine-cache.ts'
import { localText } from '../../records/write/rules.ts'
import type { ProcessPorts } from '../ports.ts'
import type { AppliedStep, EventRequest } from './apply.ts'
import { causeOf } from './cause.ts'
import { checkForm } from './form.ts'
import { OpenedRecords } from './opened-records.ts'
import { instanceOfRecord, livePartsOf, type Instance } from './instance.ts'
import { conditionRefusal, eventRefused, possibleEventNames, refusal, refusalOf } from './refusal.ts'
import { checkDepth, takeStep } from './take-step.ts'
import { eventVariables, processRecord } from './variables.ts'

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
  checkDepth(depth)
  const object = readableObject({ ...unit, object: request.object })
  const declared = declaring(unit, object, request.event)
  const needs = declared.events.get(request.event)?.needs ?? 'update'
  // Sent together: the instance is read when the lock on its record is held.
  const [{ stored, mayUpdate }, instance] = await Promise.all([
    lockFor(unit, { object, id: request.id, needs }),
    findInstance(unit, { declared, object, request }),
  ])
  if (instance === undefined) throw withoutInstance(unit, { declared, object, request })
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
  if (refused !== undefined)
    throw await refusedError(unit, { instance, record, mayUpdate, opened, event, refused })
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
      mayUpdate,
      opened,
      event,
      refused: conditionRefusal(unit, {
        reason: 'guard',
        object: process.object,
        conditions: guardsOf(process, event.name),
      }),
    })
  return step
}

export function governing(unit: UnitOfWork, object: ObjectModel): ProcessModel {
  const process = unit.model.processes.get(object.lifecycle?.process ?? '')
  if (process === undefined)
    throw new TesseraError('not_found', `No process governs ${object.name}; it has no events.`)
  return process
}

/** The process that knows the event: the one that governs the object, or a part of it. */
export function declaring(unit: UnitOfWork, object: ObjectModel, event: string): ProcessModel {
  const process = governing(unit, object)
  if (process.events.has(event)) return process
  const parts = [...unit.model.processes.values()].filter(
    (part) => part.stateField === undefined && part.object === object.name,
  )
  return parts.find((part) => part.events.has(event)) ?? process
}

function withoutInstance(
  unit: UnitOfWork,
  { declared, object, request }: { declared: ProcessModel; object: ObjectModel; request: EventRequest },
): TesseraError {
  if (declared.stateField !== undefined)
    return notFound(`${declared.name} process for ${object.name}`, request.id)
  const part = localText(declared.label, unit.principal.locale)
  const { text, reason } = refusal(unit, 'part', { part })
  return eventRefused(request.event, text, { reason, possible: [] })
}

/** Of several parts that know the event, the first whose state takes it. */
async function findInstance(
  unit: UnitOfWork,
  { declared, object, request }: { declared: ProcessModel; object: ObjectModel; request: EventRequest },
): Promise<Instance | undefined> {
  const place = { process: declared.name, object: object.name, record: request.id }
  if (declared.stateField !== undefined) return instanceOfRecord(unit, place)
  const parts = await livePartsOf(unit, place)
  const takes = ({ process, snapshot }: Instance) =>
    machineOf(process).inspect(snapshot).candidates(request.event).length > 0
  return parts.find(takes) ?? parts[0]
}

async function lockFor(
  unit: UnitOfWork,
  options: { object: ObjectModel; id: string; needs: 'read' | 'update' },
): Promise<{ stored: RecordValues; mayUpdate: boolean }> {
  const { object, id, needs } = options
  if (needs === 'update')
    return { stored: await lockPrior(unit, { object, id, action: 'update' }), mayUpdate: true }
  const [seen, stored] = await Promise.all([
    getRecord(unit, { object: object.name, id, fields: ['id'], may: ['update'], hasLines: false }),
    lockPrior(asConsequence(unit), { object, id, action: 'update' }),
  ])
  return { stored, mayUpdate: seen[mayColumn('update')] === true }
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
    mayUpdate: boolean
    opened: OpenedRecords
    event: EventModel
    refused: { reason: string; text: string }
  },
): Promise<TesseraError> {
  const { instance, record, mayUpdate, opened, event, refused } = options
  const { process, snapshot } = instance
  const possible = await opened.evaluate(() =>
    possibleEventNames(unit, { process, snapshot, record, mayUpdate }),
  )
  return eventRefused(event.name, refused.text, { reason: refused.reason, possible })
}

function guardsOf(process: ProcessModel, event: string): readonly Expression[] {
  const guards = new Map<string, Expression>()
  const visit = (node: Readonly<Record<string, unknown>>): void => {
    const list = [((node.on ?? {}) as Record<string, unknown>)[event] ?? []].flat()
    for (const each of list) {
      const number = (each as { guard?: { params?: { expression?: number } } }).guard?.params?.expression
      const guard = number === undefined ? undefined : process.expressions[number]
      if (guard !== undefined) guards.set(guard.text, guard)
    }
    for (const child of Object.values(
      (node.states ?? {}) as Record<string, Readonly<Record<string, unknown>>>,
    ))
      visit(child)
  }
  visit(process.machine)
  return [...guards.values()]
}
