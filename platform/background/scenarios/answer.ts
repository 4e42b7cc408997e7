import { storable } from '../../processes/index.ts'
import { Deviation, hearAnswer, type Stage } from '../stage/index.ts'
import type { RequestAnswer } from './document.ts'
import type { NamedRecord } from './expectation.ts'

/**
 * Lets the request that a record's process waits for have its answer, as an outside system would give it; without a status
 * it was never reached.
 * @throws Deviation where no process of the record waits for an answer, or several of them do and none is named
 */
export async function answerRequest(
  stage: Stage,
  { target, answer }: { target: NamedRecord; answer: RequestAnswer },
): Promise<void> {
  const { invocation, status, body } = answer
  const waiting = (await stage.work(stage.system).pool.unsafe(
    `select v.id as token, v.invocation, v.instance from _invocation v join _instance i on i.id = v.instance
     where i.record = $1::uuid and v.status = 'open' and v.actor = 'request' and ($2::text is null or v.invocation = $2::text)`,
    [target.id, invocation ?? null],
  )) as unknown as { token: string; invocation: string; instance: string }[]
  const [request, another] = waiting
  if (request === undefined) throw new Deviation('no process of the record waits for an answer')
  if (another !== undefined)
    throw new Deviation(
      `${waiting.length} requests wait for an answer: ${waiting.map((each) => each.invocation).join(', ')}; name one in "invocation"`,
    )
  await hearAnswer(stage, request, { status, body: storable(body ?? null) })
}
