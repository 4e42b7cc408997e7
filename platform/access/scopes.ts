import type { Model, ObjectModel } from '../definitions/model/model.ts'
import { nearest } from '../definitions/nearest.ts'
import { invalid, TesseraError, type Fault } from './errors.ts'
import { governing } from './governing.ts'
import { hiddenObject } from './hidden-object.ts'
import type { EffectiveObject, EffectiveRights } from './rights.ts'

/**
 * How far a key reaches, whatever the rights of its owner: `read` and `write` for everything, `account:read` and
 * `account:write` for one object with its lines. Who may write may read.
 */
export type Scopes = readonly string[]

export type ScopeAction = 'read' | 'write'

const cache = new WeakMap<EffectiveRights, Map<string, EffectiveRights>>()

/**
 * What the rights and the scopes both allow. Its key is its own, so that compiled statements stay apart; what is outside
 * the scopes is as hidden as what the roles hide.
 */
export function limitRights(model: Model, rights: EffectiveRights, scopes: Scopes): EffectiveRights {
  if (scopes.includes('write')) return rights
  let byScopes = cache.get(rights)
  if (byScopes === undefined) {
    byScopes = new Map()
    cache.set(rights, byScopes)
  }
  const key = [...new Set(scopes)].sort().join(' ')
  let limited = byScopes.get(key)
  if (limited === undefined) {
    limited = limit(model, rights, { scopes, key })
    byScopes.set(key, limited)
  }
  return limited
}

/** Whether a key may do this with records of an object. A line goes with its record. */
export function isInScope(
  model: Model,
  scopes: Scopes | undefined,
  { object, action }: { object: string; action: ScopeAction },
): boolean {
  if (scopes === undefined || scopes.includes('write')) return true
  const declared = model.objects.get(object)
  const name = declared === undefined ? object : governing(model, declared).name
  if (scopes.includes(`${name}:write`)) return true
  return action === 'read' && (scopes.includes('read') || scopes.includes(`${name}:read`))
}

/** @throws TesseraError forbidden, with the scope that it takes */
export function checkScope(
  model: Model,
  scopes: Scopes | undefined,
  place: { object: string; action: ScopeAction },
): void {
  if (isInScope(model, scopes, place)) return
  const declared = model.objects.get(place.object)
  const name = declared === undefined ? place.object : governing(model, declared).name
  throw outOfScope(scopes, `"${name}:${place.action}" or "${place.action}"`)
}

export function outOfScope(scopes: Scopes | undefined, takes: string): TesseraError {
  const has = (scopes ?? []).map((scope) => `"${scope}"`).join(', ')
  return new TesseraError('forbidden', `The API key has the scope ${has}; this takes ${takes}.`)
}

/** The objects that a key may read; undefined where it reads all. */
export function objectsInScope(model: Model, scopes: Scopes | undefined): readonly string[] | undefined {
  if (scopes === undefined || scopes.includes('write') || scopes.includes('read')) return undefined
  return [...model.objects.keys()].filter((object) => isInScope(model, scopes, { object, action: 'read' }))
}

/**
 * Refuses scopes that name nothing: objects that are not declared, or that who makes the key may not see himself.
 * @throws TesseraError validation at `scopes`, with the nearest known name
 */
export function checkScopes(model: Model, rights: EffectiveRights, scopes: Scopes): void {
  const objects = [...model.objects.values()].filter(({ name }) => isKnown(rights, name))
  const own = objects.filter((object) => governing(model, object) === object).map(({ name }) => name)
  const known = ['read', 'write', ...own.flatMap((name) => [`${name}:read`, `${name}:write`])]
  const faults = scopes
    .filter((scope) => !known.includes(scope))
    .map((scope): Fault => ({
      field: 'scopes',
      code: 'scope',
      message: faultOf(model, { scope, known, objects }),
    }))
  if (faults.length > 0) throw invalid(faults)
}

function faultOf(
  model: Model,
  { scope, known, objects }: { scope: string; known: readonly string[]; objects: readonly ObjectModel[] },
): string {
  const [name, action = 'read'] = scope.split(':')
  const line = objects.find((object) => object.name === name)
  if (line !== undefined && governing(model, line) !== line)
    return `"${scope}" names lines, which go with their record; use "${governing(model, line).name}:${action}"`
  const near = nearest(scope, known)
  const remedy =
    near === undefined
      ? 'scopes are read, write, and those of an object, such as user:read'
      : `did you mean "${near}"?`
  return `"${scope}" is not a scope; ${remedy}`
}

function limit(
  model: Model,
  rights: EffectiveRights,
  { scopes, key }: { scopes: Scopes; key: string },
): EffectiveRights {
  const objects = new Map<string, EffectiveObject>()
  for (const object of model.objects.keys()) {
    const granted = rights.object(object)
    const may = (action: ScopeAction) => isInScope(model, scopes, { object, action })
    objects.set(object, may('write') ? granted : may('read') ? readOnly(granted) : hiddenObject)
  }
  return {
    ...rights,
    key: `${rights.key} scopes ${key}`,
    features: limitedFeatures(rights.features, scopes),
    object: (name) => objects.get(name) ?? hiddenObject,
  }
}

/**
 * Features of the whole product are for keys that reach everything. A key that only reads keeps them, to look at what
 * they show; bulk and import reach no further than the rights to objects.
 */
function limitedFeatures(features: EffectiveRights['features'], scopes: Scopes): EffectiveRights['features'] {
  const isReadingAll = scopes.includes('read') && !scopes.some((scope) => scope.endsWith(':write'))
  if (isReadingAll) return features
  return new Set([...features].filter((feature) => feature === 'bulk' || feature === 'import'))
}

function readOnly(granted: EffectiveObject): EffectiveObject {
  return {
    ...granted,
    create: false,
    update: [],
    delete: [],
    field: (name) => (granted.field(name) === 'write' ? 'read' : granted.field(name)),
  }
}

function isKnown(rights: EffectiveRights, object: string): boolean {
  const granted = rights.object(object)
  return granted.read.length > 0 || granted.create
}
