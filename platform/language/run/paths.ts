import type { ExprType } from '../types.ts'
import { readerFor } from '../values/boundary.ts'
import type { Run } from './frame.ts'

type Members = Readonly<Record<string, unknown>>

/** Reads a path of the scope; blank where a step is missing or a reference is not loaded. */
export function compilePath(path: readonly string[], type: ExprType): Run {
  const read = readerFor(type)
  const [variable = '', field, ...further] = path
  if (field === undefined) return ({ variables }) => read(variables[variable])
  if (further.length === 0) {
    return ({ variables }) => {
      const base = variables[variable]
      return typeof base === 'object' && base !== null ? read((base as Members)[field]) : null
    }
  }
  const steps = [field, ...further]
  return ({ variables }) => {
    let value: unknown = variables[variable]
    for (const name of steps) {
      if (typeof value !== 'object' || value === null) return null
      value = (value as Members)[name]
    }
    return read(value)
  }
}

/** A member of a map, record or struct that is no plain path; blank where it is missing. */
export function readMember(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return null
  return (value as Members)[name]
}
