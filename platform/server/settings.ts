import { outgoingMeans, type OutgoingMeans } from '../background/index.ts'
import { defaultSignIn, signInSettingsFrom, type SignInSettings } from './identity/sign-in-settings.ts'

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
  /** The largest file that can be attached to a record. */
  readonly attachmentLimitBytes: number
  readonly timeoutMs: number
  /** Requests of one person or key in a minute. */
  readonly requestsPerMinute: number
  /** The mail server and the secrets of connections. */
  readonly outgoing: OutgoingMeans
  /** Passwords, sessions and providers. */
  readonly signIn: SignInSettings
}

/** How long a file may be on its way: 25 MiB take that long over a line of 0.35 Mbit/s. */
export const longestUploadMs = 10 * 60_000

export const defaultSettings: ServerSettings = {
  publicUrl: undefined,
  hasProxy: false,
  metricsToken: undefined,
  interfaceFolder: undefined,
  jsonLimitBytes: 1024 * 1024,
  uploadLimitBytes: 50 * 1024 * 1024,
  attachmentLimitBytes: 25 * 1024 * 1024,
  timeoutMs: 60_000,
  requestsPerMinute: 6_000,
  outgoing: outgoingMeans({}),
  signIn: defaultSignIn,
}

/**
 * The settings that the environment asks for: TESSERA_URL, TESSERA_PROXY=1, TESSERA_METRICS_TOKEN,
 * TESSERA_ATTACHMENT_MB, TESSERA_SMTP_URL, TESSERA_MAIL_FROM, the secrets of connections and how people sign in.
 * @throws when TESSERA_URL is not a web address, TESSERA_ATTACHMENT_MB not a size, or TESSERA_SMTP_URL not the address of a
 * mail server
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
    attachmentLimitBytes: attachmentLimit(environment.TESSERA_ATTACHMENT_MB),
    outgoing: outgoingMeans(environment),
    signIn: signInSettingsFrom(environment),
  }
}

function attachmentLimit(text: string | undefined): number {
  if (!text) return defaultSettings.attachmentLimitBytes
  const size = Number(text)
  if (!Number.isInteger(size) || size < 1 || size > 1024)
    throw new Error(
      `TESSERA_ATTACHMENT_MB is "${text}"; write the largest size of an attached file in MiB, from 1 to 1024.`,
    )
  return size * 1024 * 1024
}
