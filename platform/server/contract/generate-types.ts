import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compile } from 'json-schema-to-typescript'
import { contractSchemas } from './components.ts'

export const generatedFile = join(import.meta.dirname, '../../../ui/src/lib/shared/api/contract.generated.ts')

/** The TypeScript types of everything that travels between the server and the interface. */
export async function contractTypes(): Promise<string> {
  const schemas = contractSchemas('#/$defs/')
  const root = {
    $defs: schemas,
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(Object.keys(schemas).map((name) => [name, { $ref: `#/$defs/${name}` }])),
  }
  const text = await compile(root as Parameters<typeof compile>[0], 'Contract', {
    bannerComment: '/* Made by `npm run generate` from platform/server/contract; do not edit. */',
    additionalProperties: false,
    style: { semi: false, singleQuote: true, printWidth: 110 },
    ignoreMinAndMaxItems: true,
    unknownAny: true,
  })
  return text.replace(/\nexport interface Contract \{[\s\S]*?\n\}\n/, '\n')
}

if (import.meta.main) {
  const text = await contractTypes()
  const isCurrent = readFileSync(generatedFile, { encoding: 'utf8', flag: 'a+' }) === text
  if (!isCurrent) writeFileSync(generatedFile, text)
}
