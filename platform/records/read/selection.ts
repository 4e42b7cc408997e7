import { invalid, TesseraError, type Fault } from '../../access/errors.ts'
import type { EffectiveRights } from '../../access/rights.ts'
import { nearest } from '../../definitions/nearest.ts'
import type { FieldModel, Model, ObjectModel } from '../../definitions/model/model.ts'
import type { ExpansionTree } from './columns.ts'

/** The declared object, or "not found" where the rights know nothing of it. */
export function readableObject(options: {
  model: Model
  rights: EffectiveRights
  object: string
}): ObjectModel {
  const { model, rights, object } = options
  const declared = model.objects.get(object)
  const granted = rights.object(object)
  if (declared === undefined || (granted.read.length === 0 && !granted.create))
    throw new TesseraError('not_found', `There is no object "${object}", or you may not see it.`)
  if (granted.read.length === 0)
    throw new TesseraError('forbidden', `Your roles (${rights.roles || 'none'}) may not read ${object}.`)
  return declared
}

/**
 * What to read of each record: a tree of field names from `fields` (paths such as `account.name`) and `expand`
 * (references given as `{id, <name field>}`, those to many as a list of these). Without `fields`: every visible field but lines.
 * Unknown and hidden names are refused alike, with the nearest known one.
 */
export function selectionTree(options: {
  model: Model
  rights: EffectiveRights
  object: ObjectModel
  fields: readonly string[] | undefined
  expand: readonly string[] | undefined
}): ExpansionTree {
  const { rights, object } = options
  const tree = new Map<string, Map<string, never>>() as MutableTree
  const faults: Fault[] = []
  if (options.fields === undefined) {
    for (const field of object.fields.values())
      if (field.lines === undefined && isShown(rights, field)) tree.set(field.name, new Map())
  }
  for (const path of options.fields ?? []) addPath({ ...options, tree, path, faults })
  for (const path of options.expand ?? []) addPath({ ...options, tree, path, faults, expands: true })
  if (faults.length > 0) throw invalid(faults)
  return tree
}

/** The chain of fields that a path names, or a fault. */
export function resolvePath(options: {
  model: Model
  rights: EffectiveRights
  object: ObjectModel
  path: string
  /** Whether the last field may be one of which only some characters are shown. */
  allowsMask?: boolean
}): { chain: readonly FieldModel[] } | { fault: Fault } {
  const { model, rights, path, allowsMask = false } = options
  const chain: FieldModel[] = []
  let object: ObjectModel | undefined = options.object
  const names = path.split('.')
  for (const [at, name] of names.entries()) {
    const field: FieldModel | undefined = object?.fields.get(name)
    const isLast = at === names.length - 1
    const isSeen = (each: FieldModel) =>
      isVisible(rights, each) || (allowsMask && isLast && isShown(rights, each))
    if (object === undefined || field === undefined || !isSeen(field)) {
      const known = object === undefined ? [] : [...object.fields.values()].filter(isSeen)
      const near = nearest(
        name,
        known.map((each) => each.name),
      )
      const hint = near === undefined ? '' : `; did you mean "${near}"?`
      return {
        fault: {
          field: path,
          code: 'unknown_field',
          message: `"${name}" is not a field of ${object?.name ?? path}${hint}`,
        },
      }
    }
    chain.push(field)
    object = isOne(field) ? model.objects.get(field.reference?.to ?? '') : undefined
    if (object !== undefined && rights.object(object.name).read.length === 0) object = undefined
  }
  return { chain }
}

type MutableTree = Map<string, MutableTree>

function addPath(options: {
  model: Model
  rights: EffectiveRights
  object: ObjectModel
  tree: MutableTree
  path: string
  faults: Fault[]
  expands?: boolean
}): void {
  const resolved = resolvePath({ ...options, allowsMask: true })
  if ('fault' in resolved) {
    options.faults.push(resolved.fault)
    return
  }
  let level = options.tree
  for (const field of resolved.chain) {
    const next: MutableTree = level.get(field.name) ?? new Map()
    level.set(field.name, next)
    level = next
  }
  const last = resolved.chain.at(-1)
  if (options.expands !== true) return
  const target = options.model.objects.get(last?.reference?.to ?? '')
  if (target === undefined || last?.reference === undefined) {
    options.faults.push({
      field: options.path,
      code: 'not_a_reference',
      message: `"${options.path}" does not refer to records and cannot be expanded`,
    })
    return
  }
  // Where the target may not be read at all there is nothing to expand: the reference is blank.
  if (options.rights.object(target.name).field(target.nameField) !== 'hidden')
    level.set(target.nameField, new Map())
  else level.set('id', new Map())
}

/** Whether a field refers to one record, through which paths may go on. */
export function isOne({ reference, joinTable }: FieldModel): boolean {
  return reference !== undefined && joinTable === undefined
}

/** Whether a field, or some characters of its text, are shown. */
export function isShown(rights: EffectiveRights, field: FieldModel): boolean {
  return isVisible(rights, field) || rights.object(field.object).mask(field.name) !== undefined
}

export function isVisible(rights: EffectiveRights, field: FieldModel): boolean {
  return rights.object(field.object).field(field.name) !== 'hidden'
}
