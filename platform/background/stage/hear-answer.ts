import { hearOfRequest, type Json } from '../../processes/index.ts'
import { writingWork } from '../../records/index.ts'
import type { Stage } from './stage.ts'

/** A request that a state has invoked and that waits for its answer. */
export interface WaitingRequest {
  readonly token: string
  readonly instance: string
  readonly invocation: string
}

/** Lets a request have its answer, as an outside system would give it; without a status it was never reached. */
export async function hearAnswer(
  stage: Stage,
  request: WaitingRequest,
  { status, body }: { status: number | undefined; body: Json },
): Promise<void> {
  const isDelivered = status !== undefined && status >= 200 && status < 300
  await writingWork(stage.work(stage.system), (unit) =>
    hearOfRequest(unit, {
      ...request,
      isDelivered,
      ...(status === undefined
        ? { error: 'It could not be reached.' }
        : { answer: { status, body, isCut: false } }),
      ...(isDelivered || status === undefined ? {} : { error: `It answered with ${status}.` }),
    }),
  )
}
