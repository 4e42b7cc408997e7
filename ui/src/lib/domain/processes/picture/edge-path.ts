interface Point {
  readonly x: number
  readonly y: number
}

const radius = 6

/** The outline of an edge through points, its corners rounded. */
export function edgePath(points: readonly Point[]): string {
  const [first, ...rest] = points
  if (first === undefined) return ''
  const parts = [`M${first.x} ${first.y}`]
  for (const [at, point] of rest.entries()) {
    const before = points[at] as Point
    const after = rest[at + 1]
    if (after === undefined) {
      parts.push(`L${point.x} ${point.y}`)
      continue
    }
    const start = towards(point, before)
    const end = towards(point, after)
    parts.push(`L${start.x} ${start.y}`, `Q${point.x} ${point.y} ${end.x} ${end.y}`)
  }
  return parts.join('')
}

/** A point on the way from a corner to its neighbour, at most half of it away. */
function towards(corner: Point, other: Point): Point {
  const [dx, dy] = [other.x - corner.x, other.y - corner.y]
  const length = Math.hypot(dx, dy)
  const part = length === 0 ? 0 : Math.min(radius, length / 2) / length
  return { x: corner.x + dx * part, y: corner.y + dy * part }
}
