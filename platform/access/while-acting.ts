import type { EffectiveRights } from './rights.ts'

const cache = new WeakMap<EffectiveRights, EffectiveRights>()

/**
 * The rights of a person while another acts for him: those to records, without the features of the product but bulk.
 * What the worker does later, and what keeps or gives access, is for the person alone.
 */
export function rightsWhileActing(rights: EffectiveRights): EffectiveRights {
  let acting = cache.get(rights)
  if (acting === undefined) {
    const features = new Set([...rights.features].filter((feature) => feature === 'bulk'))
    acting = { ...rights, key: `${rights.key} acting`, features }
    cache.set(rights, acting)
  }
  return acting
}
