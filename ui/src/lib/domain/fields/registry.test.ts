import { expect, test } from 'vitest'
import { fieldTypeRegistry } from '../../../../../platform/definitions/field-types/registry.ts'
import './editors.ts'
import { fieldEditors, fieldViews } from './looks.ts'
import './registry.ts'

const declared = [...fieldTypeRegistry().keys()]

test.each(declared)('the field type %s has a cell, an editor and a text', (name) => {
  const view = fieldViews.get(name)
  expect(view?.name).toBe(name)
  expect(view?.Cell).toBeTypeOf('function')
  expect(fieldEditors.get(name)).toBeTypeOf('function')
  expect(view?.text).toBeTypeOf('function')
  expect(view?.width).toBeGreaterThan(0)
})

test('no field type is drawn that the platform does not know', () => {
  expect([...fieldViews.keys(), ...fieldEditors.keys()].filter((name) => !declared.includes(name))).toEqual(
    [],
  )
})
