import { TesseraError } from '../../access/errors.ts'
import type { ObjectModel } from '../../definitions/model/model.ts'
import {
  actingAs,
  withCause,
  writingWork,
  type UnitOfWork,
  type WorkOptions,
} from '../../records/unit-of-work.ts'
import type { RequestEnd } from '../outgoing/request-end.ts'
import type { ProcessPorts } from '../ports.ts'
import { actingProcess, timerPrincipal } from '../steps/acting.ts'
import { instanceById, type Instance } from '../steps/instance.ts'
import { lockIfPresent } from '../steps/lock-if-present.ts'
import { sendEvent } from '../steps/send-event.ts'
import { deliver } from '../steps/take-step.ts'
import {
  endInvocation,
  endInvocationElsewhere,
  readInvocation,
  type InvocationResult,
  type InvocationRow,
} from './invocation-row.ts'
import type { RecordValues } from '../../records/values.ts'

/** Lets a process hear of the end of what it had invoked; a job, which may run twice: the second time nothing is left. */
export async function hearOfEnd(work: WorkOptions, token: string, ports: ProcessPorts = {}): Promise<void> {
  await writingWork(work, async (unit) => {
    const place = await lockedPlace(unit, token)
    if (place !== undefined) await deliver(unit, { ...place, token, depth: 0, ports, send: sendEvent })
  })
}

/**
 * Carries out an action of a plugin that a process has invoked, and lets it hear of the result, in one transaction. The
 * action refuses for good with a TesseraError; anything else is tried again, until the last attempt.
 */
export async function callInvoked(
  work: WorkOptions,
  { token, isLast }: { token: string; isLast: boolean },
  ports: ProcessPorts = {},
): Promise<void> {
  const finish = async (unit: UnitOfWork, place: Place, result: InvocationResult) => {
    if (await endInvocation(unit, token, result))
      await deliver(unit, { ...place, token, depth: 0, ports, send: sendEvent })
  }
  try {
    await writingWork(work, async (unit) => {
      const place = await lockedPlace(unit, token)
      if (place?.row.status !== 'open') return
      await finish(place.unit, place, { output: await call(place, ports) })
    })
  } catch (error) {
    if (!(error instanceof TesseraError) && !isLast) throw error
    const code = error instanceof TesseraError ? error.code : 'failed'
    const message = error instanceof Error ? error.message : String(error)
    await writingWork(work, async (unit) => {
      const place = await lockedPlace(unit, token)
      if (place !== undefined) await finish(place.unit, place, { error: { code, message } })
    })
  }
}

/** Ends the invocation that waits for a request; one whose state was left hears nothing. */
export async function hearOfRequest(
  unit: UnitOfWork,
  { token, isDelivered, answer, error = '' }: RequestEnd,
): Promise<void> {
  const result: InvocationResult = isDelivered
    ? { output: { status: answer?.status ?? null, body: answer?.body ?? null } }
    : { error: { code: answer === undefined ? 'unreachable' : `http_${answer.status}`, message: error } }
  await endInvocationElsewhere(unit, token, result)
}

interface Place {
  readonly unit: UnitOfWork
  readonly row: InvocationRow
  readonly instance: Instance
  readonly object: ObjectModel
  readonly stored: RecordValues
}

/** The invocation with its record locked, and the work as the process itself does it; undefined where either is gone. */
async function lockedPlace(unit: UnitOfWork, token: string): Promise<Place | undefined> {
  const found = await readInvocation(unit, token)
  const instance = found === undefined ? undefined : await instanceById(unit, found.instance)
  const object = unit.model.objects.get(instance?.object ?? '')
  if (instance === undefined || object === undefined) return undefined
  const stored = await lockIfPresent(unit, object, instance.record)
  // The lock may have taken time: only now does the row count.
  const row = await readInvocation(unit, token)
  if (stored === undefined || row === undefined) return undefined
  const acting = withCause(actingAs(unit, timerPrincipal(unit, instance.process)), { invocation: token })
  return { unit: acting, row, instance, object, stored }
}

async function call(
  { unit, row, instance, object, stored }: Place,
  ports: ProcessPorts,
): Promise<Readonly<Record<string, unknown>>> {
  const { action = '', values = {} } = row.input ?? {}
  if (ports.callAction === undefined)
    throw new TesseraError('unavailable', `No plugin provides the action "${action}".`)
  const output = await ports.callAction(actingProcess(unit, instance.process), {
    action,
    values,
    object: object.name,
    record: stored,
  })
  return output ?? {}
}
