/** A repeatable source of chance. */
export interface Random {
  /** A number from 0 up to, not including, 1. */
  next(): number
  /** A number between two, both included where `step` divides them. */
  between(range: readonly [number, number], step?: number): number
  pick<T>(list: readonly T[]): T
  /** A key, more often the greater its weight. */
  weighted(weights: Readonly<Record<string, number>>): string
}

/**
 * A source that depends on the seed and the name alone, so that one more field or record does not change the others.
 * The generator is sfc32 (Chris Doty-Humphrey, PractRand), seeded by FNV-1a.
 */
export function randomFor(seed: number, name: string): Random {
  const next = generator(seed, name)
  const whole = (count: number) => Math.floor(next() * count)
  return {
    next,
    between([least, greatest], step = 1) {
      const steps = Math.floor((greatest - least) / step + 1e-9)
      return rounded(least + whole(steps + 1) * step)
    },
    pick: (list) => list[whole(list.length)] as (typeof list)[number],
    weighted(weights) {
      const entries = Object.entries(weights)
      let left = next() * entries.reduce((sum, [, weight]) => sum + weight, 0)
      return (entries.find(([, weight]) => (left -= weight) < 0) ?? entries.at(-1))?.[0] as string
    },
  }
}

function generator(seed: number, name: string): () => number {
  let a = seed | 0
  let b = 0x811c9dc5
  for (let at = 0; at < name.length; at++) b = Math.imul(b ^ name.charCodeAt(at), 0x01000193)
  let c = b ^ a
  let counter = 1
  const next = () => {
    const sum = (a + b + counter++) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    return (sum >>> 0) / 4_294_967_296
  }
  for (let warm = 0; warm < 12; warm++) next()
  return next
}

function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6
}
