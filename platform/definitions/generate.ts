import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generatedFiles } from './schemas/generated-files.ts'

for (const [path, text] of await generatedFiles()) writeFileSync(join(import.meta.dirname, path), text)
