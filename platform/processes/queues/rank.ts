/** Without ageing, a point of priority is worth some 30 years of waiting: time counts among equals alone. */
const withoutAgeing = 1_000_000_000

/**
 * The place of work in its queue; the lowest is first. It is the moment of its arrival in seconds, moved forward by what
 * its priority is worth in waiting time. As the priority of all work in a queue grows with its age at the same pace, the
 * order does not change as time passes, so that it can stand in an index: nothing is rewritten while work waits.
 * @param since when it began to wait, in milliseconds since 1970
 */
export function rankOf(options: {
  priority: number
  since: number
  ageing: { readonly points: number; readonly everyMs: number } | undefined
}): number {
  const { priority, since, ageing } = options
  const secondsOfPoint = ageing === undefined ? withoutAgeing : ageing.everyMs / 1_000 / ageing.points
  return since / 1_000 - priority * secondsOfPoint
}

/** The priority of waiting work at a moment, with what its age adds. */
export function agedPriority(options: {
  priority: number
  since: number
  now: number
  ageing: { readonly points: number; readonly everyMs: number } | undefined
}): number {
  const { priority, since, now, ageing } = options
  return ageing === undefined ? priority : priority + ((now - since) / ageing.everyMs) * ageing.points
}
