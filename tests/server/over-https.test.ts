import { expect, it } from 'vitest'
import { freshDatabase } from '../harness/fresh-database.ts'
import { password, serveLibrary } from './serve-library.ts'

const server = await serveLibrary(await freshDatabase(), {
  settings: { publicUrl: new URL('https://books.example') },
})

it('an installation behind HTTPS gives its cookies to HTTPS alone, and says that it is never reached otherwise', async () => {
  const { email } = await server.person('Ada', ['librarian'])
  const answer = await server.visitor.post('/api/auth/sign-in/email', { email, password })
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  const cookies = answer.headers.getSetCookie()
  expect(cookies.length).toBeGreaterThan(0)
  for (const cookie of cookies) {
    expect(cookie).toMatch(/^__Secure-/)
    expect(cookie).toMatch(/; Secure/i)
    expect(cookie).toMatch(/; HttpOnly/i)
    expect(cookie).toMatch(/; SameSite=(Lax|Strict)/i)
  }
  for (const path of ['/api/session', '/api/docs', '/nothing']) {
    const { headers } = await server.visitor.get(path)
    expect([path, headers.get('strict-transport-security')]).toEqual([
      path,
      expect.stringMatching(/^max-age=31536000/),
    ])
  }
})
