import type { MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import type { ServerSettings } from '../settings.ts'

/**
 * Headers of every answer. Pages: nothing from elsewhere is loaded, no script in a page runs, nobody frames us. The API:
 * what the OWASP REST Security Cheat Sheet asks of answers that are no pages.
 */
export function securityHeaders(settings: ServerSettings): MiddlewareHandler {
  const isSecure = settings.publicUrl?.protocol === 'https:'
  const [ofPages, ofData] = [headersOfPages(isSecure), headersOfData(isSecure)]
  return (c, next) => {
    const isData = c.req.path.startsWith('/api/') && c.req.path !== docsPath
    return (isData ? ofData : ofPages)(c, next)
  }
}

const docsPath = '/api/docs'
const transport = 'max-age=31536000'

function headersOfData(isSecure: boolean): MiddlewareHandler {
  return async (c, next) => {
    await next()
    const { headers } = c.res
    headers.set('x-content-type-options', 'nosniff')
    headers.set('cross-origin-resource-policy', 'same-origin')
    headers.set('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
    if (isSecure) headers.set('strict-transport-security', transport)
  }
}

function headersOfPages(isSecure: boolean): MiddlewareHandler {
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
    strictTransportSecurity: isSecure ? transport : false,
    permissionsPolicy: { camera: [], microphone: [], geolocation: [] },
  })
}
