import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { contractSchemas } from './components.ts'
import { contractTypes, generatedFile } from './generate-types.ts'

it('has made the types that the interface uses; run `npm run generate` where it has not', async () => {
  expect(readFileSync(generatedFile, 'utf8')).toBe(await contractTypes())
})

it('refers only to schemas that it names', () => {
  const schemas = contractSchemas('#/')
  const references = [...JSON.stringify(schemas).matchAll(/"\$ref":"#\/(\w+)"/g)].map(
    ([, name]) => name as string,
  )
  expect(references.filter((name) => !(name in schemas))).toEqual([])
})
