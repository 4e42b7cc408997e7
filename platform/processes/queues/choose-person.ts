import type { Turn } from '../../definitions/model/queue.ts'

/** Somebody who is here and could get work of a queue. */
export interface Worker {
  readonly id: string
  /** Units of the work that he has. */
  readonly load: number
  /** How many units he may have; undefined for no limit. */
  readonly capacity: number | undefined
  /** What part of the work is for him, beside the shares of the others. */
  readonly share: number
  /** The number of the hand-out in which he got something last; 0 for never. */
  readonly turn: number
  /** How far he has come in shared turns (stride scheduling). */
  readonly pass: number
}

/** Work that waits. */
export interface WaitingWork {
  readonly id: string
  readonly units: number
  /** Whether a person may do it at all: a member, with the skills, not barred. */
  isFor(person: string): boolean
  /** Who had it last. */
  readonly last: string | undefined
}

/** Where the turns of a queue stand. */
export interface Turns {
  readonly turn: number
  readonly pass: number
}

export interface HandOut {
  readonly given: readonly { readonly item: string; readonly person: string }[]
  /** Work that nobody of them could take, however little they had to do. */
  readonly forNobody: readonly string[]
  /** Those who got something, as they are then. */
  readonly changed: readonly Worker[]
  readonly turns: Turns
}

/**
 * Decides who gets which work, which is given in its order.
 *
 * Nobody gets more than his capacity. Who could take a piece of work, but has not the room for it yet, is kept for it: he
 * gets nothing that ranks behind it, so that heavy work is not overtaken for ever.
 *
 * Shared turns are those of stride scheduling (Waldspurger and Weihl 1995): each has a pass that grows by 1/share with
 * what he gets, and the lowest is next. Who was away comes back at the pass that the queue has reached, and does not make
 * up for the time.
 */
export function handOut(options: {
  workers: readonly Worker[]
  items: readonly WaitingWork[]
  method: Turn
  turns: Turns
}): HandOut {
  const { items, method } = options
  const workers = new Map(options.workers.map((worker) => [worker.id, worker]))
  const kept = new Set<string>()
  const given: { item: string; person: string }[] = []
  const forNobody: string[] = []
  const changed = new Set<string>()
  let { turns } = options
  for (const item of items) {
    const fit = [...workers.values()].filter(
      (worker) => item.isFor(worker.id) && isEverAble(worker, item.units),
    )
    if (fit.length === 0) {
      forNobody.push(item.id)
      continue
    }
    const chosen = choosePerson({
      workers: fit.filter((worker) => hasRoom(worker, item.units) && !kept.has(worker.id)),
      last: item.last,
      method,
      turns,
    })
    if (chosen === undefined) {
      for (const { id } of fit) kept.add(id)
      continue
    }
    const pass = Math.max(chosen.pass, turns.pass)
    turns = { turn: turns.turn + 1, pass }
    workers.set(chosen.id, {
      ...chosen,
      load: chosen.load + item.units,
      turn: turns.turn,
      pass: pass + 1 / chosen.share,
    })
    changed.add(chosen.id)
    given.push({ item: item.id, person: chosen.id })
  }
  return { given, forNobody, changed: [...workers.values()].filter(({ id }) => changed.has(id)), turns }
}

/** Of people who can take a piece of work, the one who gets it; undefined where there are none. */
export function choosePerson(options: {
  workers: readonly Worker[]
  /** Who is preferred, if he is among them. */
  last: string | undefined
  method: Turn
  turns: Turns
}): Worker | undefined {
  const { workers, last, method, turns } = options
  const known = workers.find(({ id }) => id === last)
  if (known !== undefined) return known
  const rank = ranks[method]
  return workers.reduce<Worker | undefined>(
    (best, worker) => (best === undefined || isBefore(worker, best) ? worker : best),
    undefined,
  )

  function isBefore(one: Worker, other: Worker): boolean {
    const difference = rank(one, turns) - rank(other, turns)
    if (difference !== 0) return difference < 0
    return one.turn === other.turn ? one.id < other.id : one.turn < other.turn
  }
}

/** The lowest is next; among equals, who has waited longest for something. */
const ranks: Readonly<Record<Turn, (worker: Worker, turns: Turns) => number>> = {
  round_robin: ({ turn }) => turn,
  least_loaded: ({ load, capacity }) => (capacity === undefined ? load : load / capacity),
  weighted: ({ pass }, turns) => Math.max(pass, turns.pass),
}

/** Whether there is room beside what he has. */
export function hasRoom({ load, capacity }: Pick<Worker, 'load' | 'capacity'>, units: number): boolean {
  return capacity === undefined || load + units <= capacity
}

function isEverAble({ capacity }: Worker, units: number): boolean {
  return capacity === undefined || units <= capacity
}
