import type { EffectiveObject } from './rights.ts'

/** Rights to nothing of an object. */
export const hiddenObject: EffectiveObject = {
  create: false,
  read: [],
  update: [],
  delete: [],
  field: () => 'hidden',
  mask: () => undefined,
}
