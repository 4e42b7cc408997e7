import { model } from '#lib/domain/session/model.svelte.ts'
import type { AppMeta } from '#lib/shared/api/types.ts'
import { readStored, writeStored } from '#lib/shared/stored.ts'

export interface Crumb {
  label: string
  href?: string
}

/** The frame around every page: which app, what is folded or open, and where one is. */
class Shell {
  isFolded = $state(readStored<boolean>('nav.folded') ?? false)
  isDrawerOpen = $state(false)
  isPaletteOpen = $state(false)
  isHelpOpen = $state(false)
  crumbs = $state.raw<readonly Crumb[]>([])
  #appName = $state(readStored<string>('app'))

  get app(): AppMeta | undefined {
    return model.apps.find((app) => app.name === this.#appName) ?? model.apps[0]
  }

  choose(app: string): void {
    this.#appName = app
    writeStored('app', app)
  }

  /** Follows an object that was opened from elsewhere into an app that has it, if the present one has not. */
  followObject(object: string): void {
    if (this.app?.items.some((item) => item.object === object)) return
    const other = model.apps.find((app) => app.items.some((item) => item.object === object))
    if (other) this.choose(other.name)
  }

  fold(): void {
    this.isFolded = !this.isFolded
    writeStored('nav.folded', this.isFolded)
  }

  show(crumbs: readonly Crumb[]): void {
    this.crumbs = crumbs
    this.isDrawerOpen = false
  }
}

export const shell = new Shell()

export function itemAddress(item: AppMeta['items'][number]): string {
  return item.view === undefined
    ? `/o/${item.object}`
    : `/o/${item.object}?view=${encodeURIComponent(item.view)}`
}
