import type { EffectiveObject, EffectiveRights } from './rights.ts'

const cache = new WeakMap<EffectiveRights, EffectiveRights>()

/** The same rights without what others have shared by hand. */
export function withoutShares(rights: EffectiveRights): EffectiveRights {
  let own = cache.get(rights)
  if (own === undefined) {
    own = { ...rights, key: `${rights.key} unshared`, object: (name) => ownRights(rights.object(name)) }
    cache.set(rights, own)
  }
  return own
}

function ownRights(granted: EffectiveObject): EffectiveObject {
  const own = (grants: EffectiveObject['read']) => grants.filter(({ from }) => from.kind !== 'hand')
  return { ...granted, read: own(granted.read), update: own(granted.update), delete: own(granted.delete) }
}
