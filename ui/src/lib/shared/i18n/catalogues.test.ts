import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser'
import { expect, test } from 'vitest'
import en from './en.json' with { type: 'json' }
import zh from './zh-CN.json' with { type: 'json' }

const catalogues: Readonly<Record<string, Readonly<Record<string, string>>>> = { en, 'zh-CN': zh }

test('both languages have the same messages', () => {
  expect(Object.keys(zh)).toEqual(Object.keys(en))
})

test('no message is empty', () => {
  for (const catalogue of Object.values(catalogues))
    expect(Object.entries(catalogue).filter(([, text]) => text.trim() === '')).toEqual([])
})

test('every message can be read, and both languages use the same values', () => {
  for (const key of Object.keys(en)) {
    const [first, second] = Object.values(catalogues).map((catalogue) =>
      valuesOf(parse(catalogue[key] as string)),
    )
    expect(second, key).toEqual(first)
  }
})

function valuesOf(elements: readonly MessageFormatElement[]): readonly string[] {
  const names = elements.flatMap((element) => {
    if (element.type === TYPE.plural || element.type === TYPE.select)
      return [element.value, ...Object.values(element.options).flatMap((option) => valuesOf(option.value))]
    return 'value' in element && element.type !== TYPE.literal ? [element.value] : []
  })
  return [...new Set(names)].sort()
}
