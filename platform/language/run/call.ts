import type { Overload } from '../functions/define.ts'
import { bestOverload, paramOf } from '../functions/resolve.ts'
import { overloadsByName } from '../functions/library.ts'
import type { Moment } from '../types.ts'
import { type Box, boxInner, narrowBox } from '../values/dynamic.ts'
import type { Run } from './frame.ts'

type Plain = (...args: unknown[]) => unknown

/** The call of an overload on compiled arguments; blanks are seen to as the overload says. */
export function compileCall(overload: Overload, args: readonly Run[]): Run {
  const run = overload.run as Plain
  if (overload.blank === 'own') {
    return (frame) => run(...args.map((arg) => arg(frame)), frame.moment)
  }
  const blank = overload.blank === 'false' ? false : null
  const [first, second] = args
  if (args.length === 0) return (frame) => run(frame.moment)
  if (args.length === 1) {
    return (frame) => {
      const value = first!(frame)
      return value === null ? blank : run(value, frame.moment)
    }
  }
  if (args.length === 2) {
    return (frame) => {
      const left = first!(frame)
      if (left === null) return blank
      const right = second!(frame)
      return right === null ? blank : run(left, right, frame.moment)
    }
  }
  return (frame) => {
    const values: unknown[] = []
    for (const arg of args) {
      const value = arg(frame)
      if (value === null) return blank
      values.push(value)
    }
    return run(...values, frame.moment)
  }
}

/** The value of a call whose arguments are known and that does not depend on the moment. */
export function runConstantCall(overload: Overload, args: readonly unknown[]): unknown {
  if (overload.blank !== 'own' && args.includes(null)) return overload.blank === 'false' ? false : null
  return (overload.run as Plain)(...args, undefined)
}

/** A call on dyn values: the overload is chosen by what they turn out to be; blank where none fits. */
export function compileDynamicCall(name: string, args: readonly Run[]): Run {
  const ways = overloadsByName.get(name) ?? []
  return (frame) => {
    const boxes = args.map((arg) => arg(frame) as Box | null)
    return runDynamic(ways, boxes, frame.moment)
  }
}

function runDynamic(ways: readonly Overload[], boxes: readonly (Box | null)[], moment: Moment): Box | null {
  const types = boxes.map((box) => box?.type ?? { kind: 'null' as const })
  const way = bestOverload(ways, types)
  if (!way) return null
  const values = boxes.map((box, index) => narrowBox(box, paramOf(way, index)!))
  if (way.blank !== 'own' && values.includes(null)) {
    return way.blank === 'false' ? boxInner(way.result, false) : null
  }
  return boxInner(way.result, (way.run as Plain)(...values, moment))
}
