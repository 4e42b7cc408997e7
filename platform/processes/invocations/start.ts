import { v7 as uuidv7 } from 'uuid'
import { TesseraError } from '../../access/errors.ts'
import { enqueue } from '../../database/jobs.ts'
import type { ObjectModel, ProcessModel } from '../../definitions/model/model.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import { loadStored } from '../../records/write/evaluation.ts'
import type { Effect, InvocationInput } from '../steps/effects.ts'
import type { Instance } from '../steps/instance.ts'
import { lockIfPresent } from '../steps/lock-if-present.ts'
import { endInvocation, insertInvocation, type InvocationResult } from './invocation-row.ts'
import type { OutgoingRequest } from '../outgoing/message.ts'
import { sendOut } from '../outgoing/send-out.ts'
import { isMet } from './wait.ts'

export type Invoked = Extract<Effect, { kind: 'invoke' }>

export interface Started {
  readonly token: string
  /** Whether it has come to its end already. */
  readonly isEnded: boolean
  /** A part that is to begin under this id. */
  readonly part?: { readonly id: string; readonly process: ProcessModel }
}

interface Site {
  readonly token: string
  readonly effect: Invoked
  readonly instance: Pick<Instance, 'id' | 'process' | 'record'>
  readonly object: ObjectModel
}

/** How often an action of a plugin is tried before it has failed. */
const attempts = 10

/**
 * Starts what a state has invoked, when the rest of the step has been done; the process's record is locked. What it
 * waits for is locked as well, so that it cannot come to pass unseen.
 */
export async function startInvocation(unit: UnitOfWork, site: Omit<Site, 'token'>): Promise<Started> {
  const token = uuidv7()
  const { effect } = site
  switch (effect.actor) {
    case 'process':
      return effect.input.target === undefined
        ? startPart(unit, { ...site, token })
        : waitForProcess(unit, { ...site, token })
    case 'wait_for':
      return waitForRecord(unit, { ...site, token })
    case 'request':
      return waitForAnswer(unit, { ...site, token })
    case 'call':
      await insert(unit, { ...site, token })
      await enqueue(unit.sql, { task: 'call', payload: { invocation: token }, maxAttempts: attempts })
      return { token, isEnded: false }
    default:
      throw new Error(
        `Process ${site.instance.process.name} invokes "${effect.actor}", which this runtime does not know.`,
      )
  }
}

async function startPart(unit: UnitOfWork, site: Site): Promise<Started> {
  const { token, effect } = site
  const name = String(effect.input.process)
  const process = unit.model.processes.get(name)
  if (process === undefined || process.stateField !== undefined)
    throw new TesseraError(
      'event_refused',
      `The process "${site.instance.process.name}" invokes "${name}", which is no process of its parts any more.`,
      { members: { reason: 'no_part', possible: [] } },
    )
  const id = uuidv7()
  // The row refers to the part, whose instance comes first.
  return { token, isEnded: false, part: { id, process } }
}

/** Notes a part that has begun. */
export async function notePart(
  unit: UnitOfWork,
  { token, effect, instance, child }: Omit<Site, 'object'> & { child: string },
): Promise<void> {
  const { id, invocation, actor } = { id: token, ...effect }
  await insertInvocation(unit, { id, instance: instance.id, invocation, actor, child, input: effect.input })
}

async function waitForAnswer(unit: UnitOfWork, site: Site): Promise<Started> {
  const { token, effect, instance, object } = site
  await insert(unit, site)
  await sendOut(unit, {
    message: { kind: 'request', ...(effect.input.request as OutgoingRequest) },
    object: object.name,
    record: instance.record,
    waiting: { instance: instance.id, invocation: effect.invocation, token },
  })
  return { token, isEnded: false }
}

async function waitForProcess(unit: UnitOfWork, site: Site): Promise<Started> {
  const { target, process } = site.effect.input
  if (target === null || target === undefined) return fail(unit, site, noRecord)
  // The lock lets its end come before this look or after this step, not between.
  const [child] = (await unit.sql.unsafe(
    `select id, status, snapshot, ended_at from _instance
     where object = $1::text and record = $2::uuid and process = $3::text for share`,
    [target.object, target.id, process ?? ''],
    { prepare: true },
  )) as unknown as { id: string; status: string; snapshot: string; ended_at: string | null }[]
  if (child === undefined)
    return fail(unit, site, {
      code: 'no_process',
      message: `No process "${process}" is at work on the record that is waited for.`,
    })
  await insert(unit, site, child.id)
  if (child.ended_at === null) return { token: site.token, isEnded: false }
  const { output } = JSON.parse(child.snapshot) as { output?: Readonly<Record<string, unknown>> }
  return end(unit, site, child.status === 'ended' ? { output: output ?? {} } : { error: stopped })
}

async function waitForRecord(unit: UnitOfWork, site: Site): Promise<Started> {
  const { effect, instance, object } = site
  const target =
    effect.input.target === undefined ? { object: object.name, id: instance.record } : effect.input.target
  if (target === null) return fail(unit, site, noRecord)
  const wait = instance.process.waits.get(effect.invocation)
  const watched = unit.model.objects.get(target.object)
  if (wait === undefined || watched === undefined)
    throw new Error(`Process ${instance.process.name} has no wait "${effect.invocation}".`)
  const isOwn = target.id === instance.record
  const stored = isOwn
    ? await loadStored(unit, target)
    : ((await lockIfPresent(unit, watched, target.id)) ?? null)
  if (stored === null) return fail(unit, site, noRecord)
  await insert(unit, { ...site, effect: { ...effect, input: { ...effect.input, target } } })
  return (await isMet(unit, { wait, object: watched, stored }))
    ? end(unit, site, { output: {} })
    : { token: site.token, isEnded: false }
}

const noRecord = {
  code: 'no_record',
  message: 'There is no record to wait for: the reference is blank, or it was deleted.',
}

export const stopped = {
  code: 'stopped',
  message: 'The process that was waited for was stopped before its end.',
}

function insert(unit: UnitOfWork, { token, effect, instance }: Site, child?: string): Promise<void> {
  const { invocation, actor, input } = effect
  return insertInvocation(unit, { id: token, instance: instance.id, invocation, actor, child, input })
}

async function fail(
  unit: UnitOfWork,
  site: Site,
  error: Extract<InvocationResult, { error: unknown }>['error'],
): Promise<Started> {
  await insert(unit, { ...site, effect: { ...site.effect, input: withoutTarget(site.effect.input) } })
  return end(unit, site, { error })
}

async function end(unit: UnitOfWork, { token }: Site, result: InvocationResult): Promise<Started> {
  await endInvocation(unit, token, result)
  return { token, isEnded: true }
}

function withoutTarget({ target: _target, ...input }: InvocationInput): InvocationInput {
  return { ...input, target: null }
}
