import type { Model, ObjectModel } from '../definitions/model/model.ts'

/** A line's record rights are those of the record that it belongs to. */
export function governing(model: Model, object: ObjectModel): ObjectModel {
  const seen = new Set<string>()
  let current = object
  while (current.parent?.reference !== undefined && !seen.has(current.name)) {
    seen.add(current.name)
    current = model.objects.get(current.parent.reference.to) ?? current
  }
  return current
}
