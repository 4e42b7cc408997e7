/** A mail server, and in whose name mails are sent. */
export interface MailServer {
  /** `smtp://user:password@mail.example.com:587`, or `smtps://`. */
  readonly url: string
  readonly from: string
}

/** What is needed to send, and never stands in declarations. */
export interface OutgoingMeans {
  /** Without it mails are stored instead. */
  readonly mail: MailServer | undefined
  /** Where the person of a record withdraws the consent to marketing mails; undefined where the server has no address. */
  readonly unsubscribeLink?: (of: {
    readonly tenant: string
    readonly object: string
    readonly record: string
  }) => Promise<string | undefined>
  /** The value of a secret of a tenant; undefined where it is not set. */
  secret(tenant: string, name: string): string | undefined
}

/** The environment variable that holds a secret. Each tenant has its own: its declarations say where secrets go. */
export function secretVariable(tenant: string, name: string): string {
  return `TESSERA_SECRET_${tenant}__${name}`.toUpperCase()
}

/**
 * The means that the environment gives: TESSERA_SMTP_URL with TESSERA_MAIL_FROM, and TESSERA_SECRET_<TENANT>__<NAME>.
 * @throws when the mail server is said by halves, or not by an address
 */
export function outgoingMeans(environment: NodeJS.ProcessEnv): OutgoingMeans {
  return {
    mail: mailServer(environment),
    secret: (tenant, name) => environment[secretVariable(tenant, name)] || undefined,
  }
}

function mailServer({ TESSERA_SMTP_URL: url, TESSERA_MAIL_FROM: from }: NodeJS.ProcessEnv) {
  if (!url) return undefined
  if (!/^smtps?:$/.test(URL.parse(url)?.protocol ?? ''))
    throw new Error('TESSERA_SMTP_URL is not an address such as smtp://user:password@mail.example.com:587.')
  if (!from)
    throw new Error(
      'TESSERA_SMTP_URL is set; set TESSERA_MAIL_FROM to the address in whose name mails are sent.',
    )
  return { url, from }
}
