import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { accessMatrix, matrixText } from '../../platform/access/matrix.ts'
import { repository, shippedModel } from './shipped-packages.ts'

it('the rights that the packages grant are those that were reviewed (npx tessera access matrix --write docs/access-matrix.md)', () => {
  const reviewed = readFileSync(join(repository, 'docs/access-matrix.md'), 'utf8')
  expect(matrixText(accessMatrix(shippedModel()))).toBe(reviewed)
})
