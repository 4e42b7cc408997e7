import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
  type VirtualItem,
} from '@tanstack/virtual-core'

/** Which rows of a long list are drawn, as its element scrolls. */
export class VirtualRows {
  items = $state.raw<readonly VirtualItem[]>([])
  height = $state(0)
  #virtualizer: Virtualizer<HTMLElement, HTMLElement> | undefined
  #rowHeight: number
  #above: number

  /** @param above pixels of the scrolled element that stand above the first row (a sticky header). */
  constructor({ rowHeight, above }: { rowHeight: number; above: number }) {
    this.#rowHeight = rowHeight
    this.#above = above
  }

  /** Follows the element until the returned function is called. */
  follow(element: HTMLElement, count: number): () => void {
    this.#virtualizer = new Virtualizer({
      ...this.#options(count),
      getScrollElement: () => element,
    })
    const stop = this.#virtualizer._didMount()
    this.#virtualizer._willUpdate()
    this.#draw()
    return stop
  }

  set(count: number): void {
    if (!this.#virtualizer) return
    this.#virtualizer.setOptions({ ...this.#virtualizer.options, count })
    this.#virtualizer._willUpdate()
    this.#draw()
  }

  scrollTo(index: number): void {
    this.#virtualizer?.scrollToIndex(index, { align: 'auto' })
  }

  #options(count: number) {
    return {
      count,
      estimateSize: () => this.#rowHeight,
      overscan: 12,
      scrollPaddingStart: this.#above,
      scrollPaddingEnd: this.#rowHeight,
      observeElementRect,
      observeElementOffset,
      scrollToFn: elementScroll,
      onChange: () => this.#draw(),
      getScrollElement: () => null as HTMLElement | null,
    }
  }

  #draw(): void {
    if (!this.#virtualizer) return
    this.items = this.#virtualizer.getVirtualItems()
    this.height = this.#virtualizer.getTotalSize()
  }
}
