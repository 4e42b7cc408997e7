import type { Box, Size } from './layout-machine.ts'

const smallest = 0.2
const largest = 2
const margin = 12

/** Which part of a drawing is seen, and how large: dragged, scrolled, zoomed, or moved by the keyboard. */
export class PanZoom {
  x = $state(0)
  y = $state(0)
  scale = $state(1)
  #window: Size = { width: 0, height: 0 }
  #drawing: Size = { width: 0, height: 0 }
  #drag: { x: number; y: number } | undefined

  /** Shows the whole drawing, but no larger than it is and not too small to read where a part is enough. */
  fit(drawing: Size, window: Size, readable = 0.62): void {
    this.#drawing = drawing
    this.#window = window
    const whole = Math.min(
      (window.width - 2 * margin) / drawing.width,
      (window.height - 2 * margin) / drawing.height,
    )
    this.scale = Math.max(smallest, Math.min(1, Math.max(whole, readable)))
    const spare = (window.width - drawing.width * this.scale) / 2
    this.x = Math.max(spare, margin)
    this.y = Math.max((window.height - drawing.height * this.scale) / 2, margin)
  }

  fitWhole(): void {
    this.fit(this.#drawing, this.#window, smallest)
  }

  resize(window: Size): void {
    this.#window = window
  }

  /** Zooms about a point of the window, its middle if not said. */
  zoom(factor: number, about = { x: this.#window.width / 2, y: this.#window.height / 2 }): void {
    const scale = Math.min(largest, Math.max(smallest, this.scale * factor))
    const grown = scale / this.scale
    this.x = about.x - (about.x - this.x) * grown
    this.y = about.y - (about.y - this.y) * grown
    this.scale = scale
  }

  pan(dx: number, dy: number): void {
    this.x += dx
    this.y += dy
  }

  /** Brings a box of the drawing into sight, if it is not. */
  show({ x, y, width, height }: Box): void {
    const { width: across, height: down } = this.#window
    this.x += outside(this.x + x * this.scale, width * this.scale, across)
    this.y += outside(this.y + y * this.scale, height * this.scale, down)
  }

  press(event: PointerEvent): void {
    if (event.button === 0) this.#drag = { x: event.clientX, y: event.clientY }
  }

  drag(event: PointerEvent): void {
    if (this.#drag === undefined) return
    this.pan(event.clientX - this.#drag.x, event.clientY - this.#drag.y)
    this.#drag = { x: event.clientX, y: event.clientY }
  }

  release(): void {
    this.#drag = undefined
  }

  wheel(event: WheelEvent, at: { x: number; y: number }): void {
    event.preventDefault()
    if (event.ctrlKey || event.metaKey) this.zoom(Math.exp(-event.deltaY / 300), at)
    else this.pan(-event.deltaX, -event.deltaY)
  }

  /** Whether the key was one of those that move the drawing. */
  key(key: string): boolean {
    const step = 60
    const moves: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => this.pan(step, 0),
      ArrowRight: () => this.pan(-step, 0),
      ArrowUp: () => this.pan(0, step),
      ArrowDown: () => this.pan(0, -step),
      '+': () => this.zoom(1.2),
      '=': () => this.zoom(1.2),
      '-': () => this.zoom(1 / 1.2),
      '0': () => this.fitWhole(),
    }
    moves[key]?.()
    return key in moves
  }
}

/** How far a stretch that begins at `start` has to move to lie within `size`. */
function outside(start: number, length: number, size: number): number {
  if (start < margin) return margin - start
  return start + length > size - margin ? Math.max(size - margin - start - length, margin - start) : 0
}
