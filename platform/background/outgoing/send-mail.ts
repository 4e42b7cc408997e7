import type { AttemptOutcome, OutgoingMessage } from '../../processes/index.ts'
import type { MailServer } from './means.ts'

type Mail = Extract<OutgoingMessage, { kind: 'email' }>

const patienceMs = 20_000

interface SendOptions {
  readonly key: string
  readonly server: MailServer | undefined
  /** Where a marketing mail says that it can be unsubscribed. */
  readonly unsubscribe: string | undefined
  readonly locale: 'en' | 'zh-CN'
}

const unsubscribeLabel = { en: 'Unsubscribe', 'zh-CN': '退订' }

/** Gives a mail to the mail server; without one it stays where it is, to be looked at. */
export async function sendMail(
  mail: Mail,
  { key, server, unsubscribe, locale }: SendOptions,
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
  const isMarketing = mail.purpose === 'marketing'
  if (isMarketing && unsubscribe === undefined)
    return {
      type: 'failed',
      isPassing: true,
      error: 'A marketing mail needs a link to unsubscribe: set TESSERA_URL to the address of the server.',
      ms: passed(),
    }
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
      text: isMarketing ? `${mail.text}\n\n${unsubscribeLabel[locale]}: ${unsubscribe}\n` : mail.text,
      headers: isMarketing ? oneClick(unsubscribe as string) : {},
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

/** RFC 8058: the mail program withdraws with one POST, without asking anything. */
function oneClick(link: string): Record<string, string> {
  return { 'List-Unsubscribe': `<${link}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
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
