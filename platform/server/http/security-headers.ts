import type { MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import type { ServerSettings } from '../settings.ts'

/** Headers of pages: nothing from elsewhere is loaded, no script in a page runs, nobody frames us. */
export function securityHeaders(settings: ServerSettings): MiddlewareHandler {
  const ofPages = headersOfPages(isSecure(settings))
  return (c, next) => (isData(c.req.path) ? next() : ofPages(c, next))
}

/** Headers of answers that are no pages: what the OWASP REST Security Cheat Sheet asks of them. */
export function dataHeaders(settings: ServerSettings): Readonly<Record<string, string>> {
  return {
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    ...(isSecure(settings) ? { 'strict-transport-security': transport } : {}),
  }
}

/** Whether an address answers with data, and not with a page. */
export function isData(path: string): boolean {
  return path.startsWith('/api/') && path !== docsPath
}

const docsPath = '/api/docs'
const transport = 'max-age=31536000'

function isSecure({ publicUrl }: ServerSettings): boolean {
  return publicUrl?.protocol === 'https:'
}

function headersOfPages(hasTransport: boolean): MiddlewareHandler {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      fontSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      objectSrc: ["'none'"],
      baseUri: ["'self'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
    xFrameOptions: 'DENY',
    referrerPolicy: 'same-origin',
    strictTransportSecurity: hasTransport ? transport : false,
    permissionsPolicy: { camera: [], microphone: [], geolocation: [] },
  })
}
