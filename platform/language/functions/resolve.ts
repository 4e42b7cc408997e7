import { isAssignable, isSameType } from '../expression-types.ts'
import type { ExprType } from '../types.ts'
import type { Overload } from './define.ts'

/** The overload that takes values of these types; exact types go before those that need a change. */
export function bestOverload(ways: readonly Overload[], types: readonly ExprType[]): Overload | undefined {
  let best: Overload | undefined
  let bestScore = -1
  for (const way of ways) {
    if (!fits(way, types)) continue
    const score = types.filter((type, index) => isSameType(type, paramOf(way, index)!)).length
    if (score > bestScore) {
      best = way
      bestScore = score
    }
  }
  return best
}

export function paramOf({ params, rest }: Overload, index: number): ExprType | undefined {
  return params[index] ?? rest
}

/** Whether values of these types can be given to the overload. */
export function fits(way: Overload, types: readonly ExprType[]): boolean {
  if (types.length < way.params.length || (types.length > way.params.length && !way.rest)) return false
  return types.every((type, index) => isAssignable(type, paramOf(way, index)!))
}
