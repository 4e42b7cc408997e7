import type { AttemptOutcome, OutgoingMessage } from '../../processes/index.ts'
import type { MailServer } from './means.ts'

type Mail = Extract<OutgoingMessage, { kind: 'email' }>

const patienceMs = 20_000

/** Gives a mail to the mail server; without one it stays where it is, to be looked at. */
export async function sendMail(
  mail: Mail,
  { key, server }: { key: string; server: MailServer | undefined },
): Promise<AttemptOutcome> {
  const started = performance.now()
  const passed = () => performance.now() - started
  const wrong = [...mail.to, ...mail.cc].filter((address) => !isAddress(address))
  if (wrong.length > 0)
    return {
      type: 'failed',
      isPassing: false,
      error: `Not an address: ${wrong.map((address) => `"${address.slice(0, 100)}"`).join(', ')}.`,
      ms: passed(),
    }
  if (server === undefined) return { type: 'stored' }
  // Loaded when it is needed: most nodes never send a mail.
  const { createTransport } = await import('nodemailer')
  const transport = createTransport({
    url: server.url,
    disableFileAccess: true,
    disableUrlAccess: true,
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
  })
  try {
    const { response, rejected } = await transport.sendMail({
      from: server.from,
      to: [...mail.to],
      cc: [...mail.cc],
      subject: mail.subject,
      text: mail.text,
      messageId: `<${key}@${hostOf(server.from)}>`,
    })
    const status = Number(/^\d{3}/.exec(response)?.[0] ?? 250)
    // Another attempt would send it to the others twice.
    const refused = rejected.length === 0 ? '' : `; not taken for ${rejected.map(String).join(', ')}`
    const answer = { status, body: `${response}${refused}`, isCut: false }
    return { type: 'delivered', answer, ms: passed() }
  } catch (error) {
    return { type: 'failed', ...faultOf(error as SmtpError), ms: passed() }
  } finally {
    transport.close()
  }
}

interface SmtpError extends Error {
  readonly code?: string
  readonly responseCode?: number
}

/** 5xx is a refusal for good (RFC 5321, section 4.2.1), save where it is about the own account. */
function faultOf({ message, code, responseCode }: SmtpError) {
  const isRefused = responseCode !== undefined && responseCode >= 500 && code !== 'EAUTH'
  return {
    isPassing: !isRefused,
    error: message.slice(0, 500),
    ...(responseCode === undefined
      ? {}
      : { answer: { status: responseCode, body: message.slice(0, 500), isCut: false } }),
  }
}

function isAddress(text: string): boolean {
  return text.length <= 254 && /^[^\s@<>(),;:"\\[\]]+@[^\s@<>(),;:"\\[\]]+$/.test(text)
}

function hostOf(from: string): string {
  return /@([^\s>]+)/.exec(from)?.[1] ?? 'tessera'
}
