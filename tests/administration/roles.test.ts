import { expect, it } from 'vitest'
import { freshDatabase } from '../harness/fresh-database.ts'
import { serveLibrary } from '../server/serve-library.ts'
import { declarations } from './declarations.ts'

const database = await freshDatabase()
const server = await serveLibrary(database, { documents: declarations })

it('shows the declared roles with features, rights, holders and where they are declared', async () => {
  const ada = await server.signIn('Ada', ['administrator'])
  await server.person('Rex', ['reception', 'clerk'])
  const gone = await server.person('Gone', ['reception'])
  await ada.post(`/api/administration/people/${gone.userId}/deactivate`, {})
  const { status, body } = await ada.get('/api/administration/roles')
  expect(status).toBe(200)
  const role = (name: string) => body.items.find((each: { name: string }) => each.name === name)
  expect(role('reception')).toEqual({
    name: 'reception',
    label: { en: 'Reception', 'zh-CN': '前台' },
    description: { en: 'Looks after people.', 'zh-CN': '管理人员。' },
    features: ['administer'],
    objects: [
      expect.objectContaining({ object: 'user', create: true, read: { level: 'all' } }),
      expect.objectContaining({ object: 'team' }),
    ],
    holders: 1,
    files: [],
    pointer: 'roles/reception',
  })
  expect(role('planner').holders).toBe(0)
})

it('is closed to others', async () => {
  const carl = await server.signIn('Carl', ['clerk'])
  expect((await carl.get('/api/administration/roles')).status).toBe(403)
})
