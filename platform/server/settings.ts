import { outgoingMeans, type OutgoingMeans } from '../background/index.ts'

/** How the HTTP face behaves; everything has a default that is right for one machine. */
export interface ServerSettings {
  /** The address that people type, such as `https://crm.example.com`: decides about secure cookies. */
  readonly publicUrl: URL | undefined
  /** Whether X-Forwarded-For and X-Forwarded-Proto are believed: only behind a proxy of one's own. */
  readonly hasProxy: boolean
  /** Lets a scraper from elsewhere read /metrics; without it only this machine may. */
  readonly metricsToken: string | undefined
  /** Folder of the built interface; without it only the API is served. */
  readonly interfaceFolder: string | undefined
  readonly jsonLimitBytes: number
  readonly uploadLimitBytes: number
  readonly timeoutMs: number
  /** Requests of one person or key in a minute. */
  readonly requestsPerMinute: number
  /** The mail server and the secrets of connections. */
  readonly outgoing: OutgoingMeans
}

export const defaultSettings: ServerSettings = {
  publicUrl: undefined,
  hasProxy: false,
  metricsToken: undefined,
  interfaceFolder: undefined,
  jsonLimitBytes: 1024 * 1024,
  uploadLimitBytes: 50 * 1024 * 1024,
  timeoutMs: 60_000,
  requestsPerMinute: 6_000,
  outgoing: outgoingMeans({}),
}

/**
 * The settings that the environment asks for: TESSERA_URL, TESSERA_PROXY=1, TESSERA_METRICS_TOKEN, TESSERA_SMTP_URL,
 * TESSERA_MAIL_FROM and the secrets of connections.
 * @throws when TESSERA_URL is not a web address, or TESSERA_SMTP_URL not that of a mail server
 */
export function settingsFrom(environment: NodeJS.ProcessEnv): ServerSettings {
  const { TESSERA_URL, TESSERA_PROXY, TESSERA_METRICS_TOKEN } = environment
  const publicUrl = TESSERA_URL ? URL.parse(TESSERA_URL) : undefined
  if (publicUrl === null || (publicUrl && !/^https?:$/.test(publicUrl.protocol)))
    throw new Error(`TESSERA_URL is "${TESSERA_URL}"; write a web address such as https://crm.example.com.`)
  return {
    ...defaultSettings,
    publicUrl,
    hasProxy: TESSERA_PROXY === '1',
    metricsToken: TESSERA_METRICS_TOKEN || undefined,
    outgoing: outgoingMeans(environment),
  }
}
