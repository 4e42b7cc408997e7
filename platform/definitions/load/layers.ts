import { kinds } from '../kinds/registry.ts'
import type { KindName, Sources } from '../model/model.ts'
import { pointerOf, problemList, type Address, type Locate, type ProblemList } from '../model/problem-list.ts'
import type { Place, Problem } from '../model/problem.ts'
import { nearest } from '../nearest.ts'
import type { SchemaSet } from '../schemas/assemble.ts'
import { checkDocument } from '../validate/check-documents.ts'
import { mergePatch } from './merge-patch.ts'
import type { PackageSource } from './package-source.ts'
import { isSetIn, positionIn } from './positions.ts'
import type { Source } from './source.ts'

/** The files that make up each document, the declaring one first, then its overlays in order. */
export type Layers = Readonly<Record<KindName, ReadonlyMap<string, readonly Source[]>>>

type Document = Readonly<Record<string, unknown>>

/** Stacks the files; a document of which one file could not be read is left out, so that its overlays are not blamed. */
export function stackLayers(packages: readonly PackageSource[]): Layers {
  const unreadable = new Set(packages.flatMap((entry) => [...entry.unreadable]))
  const layers = Object.fromEntries(kinds.map(({ name }) => [name, new Map()])) as unknown as Record<
    KindName,
    Map<string, Source[]>
  >
  for (const { documents } of packages)
    for (const { kind, name, source } of documents) {
      if (unreadable.has(`${kind}/${name}`)) continue
      const stack = layers[kind].get(name)
      if (stack === undefined) layers[kind].set(name, [source])
      else stack.push(source)
    }
  return layers
}

/** The merged documents of all layers. */
export function mergeLayers(layers: Layers): Record<KindName, Record<string, Document>> {
  const merged = {} as Record<KindName, Record<string, Document>>
  for (const { name: kind } of kinds)
    merged[kind] = Object.fromEntries([...layers[kind]].map(([name, stack]) => [name, mergeStack(stack)]))
  return merged
}

/**
 * Each package must be sound upon those before it, even where a later one mends it: so documents with overlays are
 * checked after every layer but the last, whose result is checked with everything else.
 */
export function checkLayers(layers: Layers, schemas: SchemaSet): Problem[] {
  const problems: Problem[] = []
  for (const { name: kind } of kinds)
    for (const [name, stack] of layers[kind]) {
      for (let count = 1; count < stack.length; count++) {
        const part = stack.slice(0, count)
        const list = problemList((address) => placeIn(part, address))
        checkDocument({ kind, name, document: mergeStack(part) }, { schemas, problems: list })
        problems.push(...list.problems)
      }
      const list = problemList((address) => placeIn(stack, address))
      checkOverlayTarget({ kind, name, stack, layers }, { schemas, problems: list })
      checkRemovals({ kind, name, stack }, list)
      problems.push(...list.problems)
    }
  return problems
}

/** Finds the line and column that set a value. */
export function locateIn(layers: Layers): Locate {
  return (address) => placeIn(layers[address.kind].get(address.name) ?? [], address)
}

/** The files of each document, by kind and name. */
export function sourcesOf(layers: Layers): Sources {
  const entries = kinds.flatMap(({ name: kind }) =>
    [...layers[kind]].map(([name, stack]) => [`${kind}/${name}`, stack.map(({ file }) => file)] as const),
  )
  return Object.fromEntries(entries)
}

interface Stacked {
  readonly kind: KindName
  readonly name: string
  readonly stack: readonly Source[]
}

/** An overlay of a misspelt name is taken for a new document, which then lacks nearly everything: say so. */
function checkOverlayTarget(
  { kind, name, stack, layers }: Stacked & { layers: Layers },
  { schemas, problems }: { schemas: SchemaSet; problems: ProblemList },
): void {
  const required = (schemas.get(`${kind}.json`)?.required ?? []) as string[]
  const lacking = required.filter((key) => key !== 'name' && !Object.hasOwn((stack[0] as Source).value, key))
  if (lacking.length === 0) return
  const others = [...layers[kind].keys()].filter((other) => other !== name)
  const near = nearest(name, others)
  if (near === undefined) return
  problems.error({
    at: { kind, name, path: [] },
    code: 'unknown_document',
    message: `No earlier package declares the ${kind} "${name}", so this would be a new one.`,
    remedy: `Did you mean "${near}"? Then name the file ${near}.json.`,
  })
}

/** A null that removes nothing is a misspelling. */
function checkRemovals({ kind, name, stack }: Stacked, problems: ProblemList): void {
  for (const [index, source] of stack.entries()) {
    if (index === 0) continue
    const before = mergeStack(stack.slice(0, index))
    for (const path of nullPaths(source.value))
      if (!isSetIn({ ...source, value: before }, path))
        problems.warning({
          at: { kind, name, path, isKey: true },
          code: 'removes_nothing',
          message: `"${path.join('/')}" is not there to be removed.`,
          remedy: 'Correct the name, or delete the line.',
        })
  }
}

function* nullPaths(value: unknown, path: readonly string[] = []): Generator<readonly string[]> {
  if (value === null) yield path
  else if (typeof value === 'object' && !Array.isArray(value))
    for (const [key, entry] of Object.entries(value as object)) yield* nullPaths(entry, [...path, key])
}

function mergeStack(stack: readonly Source[]): Document {
  const [first, ...overlays] = stack
  let merged: unknown = withoutSchema((first as Source).value)
  for (const { value } of overlays) merged = mergePatch(merged, withoutSchema(value))
  return merged as Document
}

function withoutSchema({ $schema: _schema, ...document }: Document): Document {
  return document
}

/** The last layer that says something at the address; for what nobody says, the first that has its container. */
function placeIn(stack: readonly Source[], { path, ...address }: Address): Place {
  const pointer = pointerOf(path)
  const setter = stack.findLast((source) => isSetIn(source, path))
  if (setter !== undefined) return { file: setter.file, ...positionIn(setter, path, address), pointer }
  for (let known = path; ; known = known.slice(0, -1)) {
    const container = stack.find((source) => isSetIn(source, known))
    if (container !== undefined) return { file: container.file, ...positionIn(container, known), pointer }
    if (known.length === 0) return { file: `${address.kind}/${address.name}`, line: 1, column: 1, pointer }
  }
}
