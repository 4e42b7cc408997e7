import { kinds } from '../kinds/registry.ts'
import type { Place } from '../model/problem.ts'
import { pointerOf } from '../model/problem-list.ts'
import { suggest } from '../nearest.ts'
import { mergeLayers, type Layers } from './layers.ts'
import { isSetIn, positionIn } from './positions.ts'
import type { Source } from './source.ts'

/** What one file says about a value. */
export interface Origin {
  readonly package: string
  readonly place: Place
  /** null where the file removes the value. */
  readonly value: unknown
}

export interface Explanation {
  /** Such as `objects/opportunity/fields/amount`. */
  readonly pointer: string
  readonly value: unknown
  /** The file whose word counts; for an object, the one that declared it first. */
  readonly setBy: Origin
  /** What other files said, in the order of the layers. */
  readonly others: readonly Origin[]
  /** For an object: its values, each with its own origin. */
  readonly parts: readonly Explanation[]
}

/**
 * Says which file set a value, and what it overrode.
 * @param pointer `objects/opportunity/fields/amount`, with or without a leading slash
 * @throws an Error with the nearest known name where there is no such value
 */
export function explainValue(layers: Layers, pointer: string): Explanation {
  const [plural = '', name = '', ...path] = pointer
    .replace(/^\//, '')
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
  const kind = kinds.find((entry) => entry.plural === plural || entry.name === plural)
  if (kind === undefined)
    throw new Error(
      `"${plural}" is not a kind. ${suggest(
        plural,
        kinds.map((entry) => entry.plural),
        'Kinds',
      )}`,
    )
  const stack = layers[kind.name].get(name)
  if (stack === undefined)
    throw new Error(`There is no ${kind.name} "${name}". ${suggest(name, layers[kind.name].keys(), 'Known')}`)
  const merged = mergeLayers(layers)[kind.name][name]
  return explainPath({ stack, head: `${kind.plural}/${name}`, path, value: valueAt(merged, path) })
}

interface Subject {
  readonly stack: readonly Source[]
  readonly head: string
  readonly path: readonly string[]
  readonly value: unknown
}

function explainPath({ stack, head, path, value }: Subject): Explanation {
  const said = stack.filter((source) => isSetIn(source, path)).map((source) => originOf(source, path))
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value)
  const setBy = (isMap ? said.find((origin) => origin.value !== null) : said.at(-1)) as Origin
  const parts = isMap
    ? Object.entries(value).map(([key, entry]) =>
        explainPath({ stack, head, path: [...path, key], value: entry }),
      )
    : []
  return {
    pointer: `${head}${pointerOf(path)}`,
    value,
    setBy,
    others: said.filter((origin) => origin !== setBy),
    parts,
  }
}

function originOf(source: Source, path: readonly string[]): Origin {
  const place = { file: source.file, ...positionIn(source, path, { isKey: true }), pointer: pointerOf(path) }
  return { package: source.package, place, value: valueAt(source.value, path) }
}

function valueAt(document: unknown, path: readonly string[]): unknown {
  let value = document
  for (const [at, key] of path.entries()) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) {
      const known = typeof value === 'object' && value !== null ? Object.keys(value) : []
      throw new Error(
        `There is no "${key}" at /${path.slice(0, at).join('/')}. ${suggest(key, known, 'Known')}`,
      )
    }
    value = (value as Record<string, unknown>)[key]
  }
  return value
}
