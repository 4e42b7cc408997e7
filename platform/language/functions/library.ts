import { describeType } from '../expression-types.ts'
import { operators } from './arithmetic.ts'
import { conversionFunctions } from './conversion.ts'
import type { Overload } from './define.ts'
import { numberFunctions } from './numbers.ts'
import { textFunctions } from './text.ts'
import { timeFunctions } from './time.ts'

/** A line of the documentation and of the completion. */
export interface FunctionEntry {
  readonly name: string
  readonly signature: string
  readonly description: string
}

/** Forms that take any type, or names instead of values; the checker knows them one by one. */
const forms: readonly FunctionEntry[] = [
  form('coalesce', '(T, T, ...) -> T', 'The first value that is not blank.'),
  form('is_blank', '(any) -> bool', 'Whether the value is missing, an empty text or an empty list.'),
  form('has', '(any) -> bool', 'Whether the value is there: the opposite of is_blank.'),
  form(
    'changed',
    "('field') -> bool",
    'In rules on change: whether the field differs from what it was before.',
  ),
  form(
    'size',
    '(string or list or map) -> int',
    'The number of characters, elements or members; 0 for a blank.',
  ),
  form(
    'dyn',
    '(any) -> dyn',
    'The value, checked when it is used instead of when the expression is written.',
  ),
  form(
    'cel.bind',
    '(name, value, expression) -> T',
    'The expression, in which the name stands for the value.',
  ),
  form('exists', 'list.exists(x, condition) -> bool', 'Whether the condition holds for an element.'),
  form('all', 'list.all(x, condition) -> bool', 'Whether the condition holds for every element.'),
  form('exists_one', 'list.exists_one(x, condition) -> bool', 'Whether it holds for exactly one element.'),
  form('filter', 'list.filter(x, condition) -> list', 'The elements for which the condition holds.'),
  form(
    'map',
    'list.map(x, value) -> list',
    'The value for every element; with a condition second, for those it holds for.',
  ),
]

const functions = [...numberFunctions, ...textFunctions, ...timeFunctions, ...conversionFunctions]

const named = new Map([...operators, ...functions].map(({ name, overloads }) => [name, overloads]))

/** CEL's own names for what is called otherwise here, for those who know CEL. */
const synonyms = { double: 'decimal', timestamp: 'datetime' } as const

/** Every function and operator with overloads, by name. */
export const overloadsByName: ReadonlyMap<string, readonly Overload[]> = new Map([
  ...named,
  ...Object.entries(synonyms).map(([name, meant]) => [name, named.get(meant)!] as const),
])

/** Names that can be called, for "did you mean". */
export const callableNames: readonly string[] = [...functions, ...forms].map(({ name }) => name)

/** All functions for documentation and completion, one entry for every way to call them. */
export const functionLibrary: readonly FunctionEntry[] = [
  ...functions.flatMap(({ name, description, overloads }) =>
    overloads.map((way) => ({ name, signature: signatureOf(name, way), description })),
  ),
  ...forms,
]

function form(name: string, shape: string, description: string): FunctionEntry {
  return { name, signature: shape.startsWith('(') ? name + shape : shape, description }
}

function signatureOf(name: string, { params, rest, result }: Overload): string {
  const types = params.map(describeType)
  if (rest) types.push('...')
  return `${name}(${types.join(', ')}) -> ${describeType(result)}`
}
