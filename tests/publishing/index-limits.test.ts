import { beforeEach, expect, it } from 'vitest'
import { freshDatabase } from '../harness/fresh-database.ts'
import { modelOf, text } from './declarations.ts'
import { tenantUnderTest } from './tenant-under-test.ts'

const { newTenant, expectSound, insert, publish, refusal } = tenantUnderTest(await freshDatabase())

beforeEach(newTenant)

/** Text that PostgreSQL cannot compress to make it fit, of characters of four bytes. */
function longestText(characters: number): string {
  return Array.from({ length: characters }, () =>
    String.fromCodePoint(0x20000 + Math.floor(Math.random() * 40_000)),
  ).join('')
}

it('holds the longest values of everything that may be indexed or unique', async () => {
  const model = modelOf({
    deal: {
      fields: {
        code: { type: 'text', max_length: 600, unique: true },
        note: { type: 'long_text', max_length: 600, indexed: true },
        site: { type: 'url', unique: true },
        first: { type: 'text', max_length: 300 },
        second: { type: 'text', max_length: 300 },
        both: {
          type: 'formula',
          returns: 'text',
          expression: "record.first + ' ' + record.second",
          unique: true,
        },
      },
      keys: { pair: { fields: ['first', 'second'] } },
      indexes: { pair: { fields: ['second', 'first'] } },
    },
  })
  await publish(model)
  await insert('deal', {
    code: longestText(600),
    note: longestText(600),
    site: `https://example.com/${longestText(495)}`,
    first: longestText(300),
    second: longestText(300),
  })
  await expectSound(model)
})

it('refuses an index over values from before a limit was lowered, and names them', async () => {
  await publish(modelOf({ deal: { note: { type: 'long_text' } } }))
  const long = longestText(900)
  await insert('deal', { note: long })
  const limited = { type: 'long_text', max_length: 200 }
  await publish(modelOf({ deal: { note: limited } }))
  const { message } = await refusal(publish(modelOf({ deal: { note: { ...limited, indexed: true } } })))
  expect(message).toContain('deal.note is to stand in an index, but values are longer than the 2600 bytes')
  expect(message).toContain(`${[...long].slice(0, 60).join('')}…" (1 records)`)
})

it('asks nothing of short values', async () => {
  await publish(modelOf({ deal: { code: text } }))
  await insert('deal', { code: 'a' })
  const { isNew } = await publish(modelOf({ deal: { code: { ...text, indexed: true } } }))
  expect(isNew).toBe(true)
})
