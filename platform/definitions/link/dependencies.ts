import type { Expression } from '../../language/types.ts'
import type { FieldModel, ObjectModel } from '../model/model.ts'
import type { Address } from '../model/problem-list.ts'
import type { Draft, Linkage } from './linkage.ts'

/** Fills in which roll-ups each object feeds and which references point to it, and refuses circles. */
export function linkDependencies(linkage: Linkage): void {
  for (const object of linkage.objects.values())
    for (const field of object.fields.values()) {
      linkRollupFeed(linkage, field)
      linkBackReference(linkage, field)
    }
  refuseComputedCircles(linkage)
  refuseParentCircles(linkage)
}

function linkRollupFeed(linkage: Linkage, field: FieldModel): void {
  if (field.rollup === undefined) return
  const source: Draft<ObjectModel> | undefined = linkage.objects.get(field.rollup.of)
  if (source === undefined) return
  source.feeds = [...source.feeds, { object: field.object, field: field.name, through: field.rollup.through }]
  const added = field.rollup.field === undefined ? undefined : source.fields.get(field.rollup.field)
  const read = [added, ...ownFields(source, field.rollup.where)].find(
    (entry) => entry?.type.storage === 'computed' && entry.columns.length === 0,
  )
  if (read !== undefined)
    linkage.problems.error({
      at: addressOf(field),
      code: 'rollup',
      message: `"${source.name}.${read.name}" is computed when read; a roll-up over it could not be kept fresh.`,
      remedy: 'Use a stored field, or a formula over stored fields of the same record.',
    })
}

function ownFields(object: ObjectModel, expression: Expression | undefined): (FieldModel | undefined)[] {
  return (expression?.paths ?? []).map(([, name]) =>
    name === undefined ? undefined : object.fields.get(name),
  )
}

function linkBackReference(linkage: Linkage, field: FieldModel): void {
  if (field.reference === undefined || field.joinTable !== undefined || field.isSystem) return
  const target: Draft<ObjectModel> | undefined = linkage.objects.get(field.reference.to)
  if (target === undefined) return
  const entry = { object: field.object, field: field.name, onDelete: field.reference.onDelete }
  target.referencedBy = [...target.referencedBy, entry]
}

/** Formulas and roll-ups that need each other's result. */
function refuseComputedCircles(linkage: Linkage): void {
  const computed = new Map<string, FieldModel>()
  for (const { fields } of linkage.objects.values())
    for (const field of fields.values()) if (field.formula ?? field.rollup) computed.set(keyOf(field), field)
  const circles = findCircles([...computed.keys()], (key) =>
    readsOf(linkage, computed.get(key) as FieldModel)
      .map(keyOf)
      .filter((other) => computed.has(other)),
  )
  for (const circle of circles)
    linkage.problems.error({
      at: addressOf(computed.get(circle[0] as string) as FieldModel),
      code: 'circle',
      message: `The value depends on itself: ${[...circle, circle[0]].join(' -> ')}.`,
      remedy: 'Break the circle at one of these fields.',
    })
}

/** The fields whose values a computed field reads. */
function readsOf(linkage: Linkage, { object, formula, rollup }: FieldModel): FieldModel[] {
  if (rollup !== undefined) {
    const source = linkage.objects.get(rollup.of)
    const added = source?.fields.get(rollup.field ?? '')
    return [...(added ? [added] : []), ...along(linkage, rollup.of, rollup.where)]
  }
  return along(linkage, object, formula?.expression)
}

/** Every field on the paths of an expression over the object, through references and lines. */
function along(linkage: Linkage, start: string, expression: Expression | undefined): FieldModel[] {
  const read: FieldModel[] = []
  for (const [, ...path] of expression?.paths ?? []) {
    let object = linkage.objects.get(start)
    for (const name of path) {
      const field = object?.fields.get(name)
      if (field === undefined) break
      read.push(field)
      object = linkage.objects.get(field.reference?.to ?? field.lines?.object ?? '')
    }
  }
  return read
}

/** Lines whose parents are lines of each other. */
function refuseParentCircles(linkage: Linkage): void {
  const parentOf = (name: string) => linkage.objects.get(name)?.parent?.reference?.to
  const circles = findCircles([...linkage.objects.keys()], (name) => {
    const parent = parentOf(name)
    return parent === undefined ? [] : [parent]
  })
  for (const circle of circles)
    linkage.problems.error({
      at: { kind: 'object', name: circle[0] as string, path: ['parent'] },
      code: 'circle',
      message: `Each of these is a line of the next: ${[...circle, circle[0]].join(' -> ')}.`,
      remedy: 'Remove "parent" from one of them.',
    })
}

/** The circles of a graph, each once, beginning where the walk met it. */
export function findCircles(nodes: readonly string[], next: (node: string) => readonly string[]): string[][] {
  const circles: string[][] = []
  const done = new Set<string>()
  const path: string[] = []
  const onPath = new Set<string>()
  const visit = (node: string) => {
    if (onPath.has(node)) {
      circles.push(path.slice(path.indexOf(node)))
      return
    }
    if (done.has(node)) return
    path.push(node)
    onPath.add(node)
    for (const other of next(node)) visit(other)
    path.pop()
    onPath.delete(node)
    done.add(node)
  }
  for (const node of nodes) visit(node)
  return circles
}

function keyOf({ object, name }: FieldModel): string {
  return `${object}.${name}`
}

function addressOf({ object, name }: FieldModel): Address {
  return { kind: 'object', name: object, path: ['fields', name] }
}
