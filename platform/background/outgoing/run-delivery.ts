import type { WorkOptions } from '../../records/index.ts'
import { deliver, type AttemptOutcome, type Delivery, type ProcessPorts } from '../../processes/index.ts'
import type { OutgoingMeans } from './means.ts'
import { sendMail } from './send-mail.ts'
import { sendRequest } from './send-request.ts'

/** Carries out a job of delivery: one attempt, with the connections that are declared now. */
export function runDelivery(
  work: WorkOptions,
  job: { effect: string; attempt: number },
  { means, ports }: { means: OutgoingMeans; ports: ProcessPorts },
): Promise<void> {
  return deliver(work, job, { send: (delivery) => send(work, delivery, means), ports })
}

async function send(
  { model, tenant }: WorkOptions,
  { key, message, isAwaited, about }: Delivery,
  means: OutgoingMeans,
): Promise<AttemptOutcome> {
  if (message.kind === 'email') {
    const unsubscribe = about && (await means.unsubscribeLink?.({ tenant, ...about }))
    return sendMail(message, { key, server: means.mail, unsubscribe, locale: model.settings.locale })
  }
  const connection = model.connections.get(message.connection)
  if (connection === undefined)
    return {
      type: 'failed',
      isPassing: false,
      error: `The connection "${message.connection}" is no longer declared.`,
      ms: 0,
    }
  return sendRequest(connection, { tenant, key, request: message, isAwaited, means })
}
