import { TesseraError } from '../../access/errors.ts'
import { fireTimer, noteTimerFailure, type ProcessPorts } from '../../processes/index.ts'
import type { WorkOptions } from '../../records/index.ts'
import type { JobRun } from '../worker/start-worker.ts'

/** Fires a timer; where that fails, what operators see of it is noted, and the job is tried again. */
export async function runTimer(work: WorkOptions, job: JobRun<'timer'>, ports: ProcessPorts): Promise<void> {
  const { timer } = job.payload
  try {
    await fireTimer(work, timer, ports)
  } catch (error) {
    const { attempt, attempts } = job
    await noteTimerFailure(work.pool, {
      timer,
      error: safeText(error),
      attempt,
      hasFailed: attempt >= attempts,
      now: work.now,
    })
    throw error
  }
}

/** What may be shown of an error: the message of one that is made to be seen, else only its kind. */
function safeText(error: unknown): string {
  if (error instanceof TesseraError) return error.message
  const { name = 'Error', code } = error as { name?: string; code?: unknown }
  const kind = typeof code === 'string' ? `${name} ${code}` : name
  return `The system could not carry it out (${kind}); its log says more.`
}
