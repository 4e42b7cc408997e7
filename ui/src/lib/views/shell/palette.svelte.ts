import { goto } from '$app/navigation'
import { creation } from '#lib/domain/records/creation.svelte.ts'
import { model } from '#lib/domain/session/model.svelte.ts'
import { api } from '#lib/shared/api/client.ts'
import type { SearchHit } from '#lib/shared/api/types.ts'
import { local, t } from '#lib/shared/i18n/i18n.svelte.ts'
import { itemAddress } from './shell.svelte.ts'

export interface Command {
  key: string
  kind: 'record' | 'page' | 'create'
  group: string
  label: string
  note?: string | undefined
  icon?: string | undefined
  run: () => void
}

/** The palette: pages and actions that fit what is typed, at once, and records that the server finds. */
export class PaletteState {
  query = $state('')
  active = $state(0)
  isLoading = $state(false)
  #hits = $state.raw<readonly SearchHit[]>([])
  #timer: ReturnType<typeof setTimeout> | undefined
  #asked: AbortController | undefined

  commands = $derived<readonly Command[]>([
    ...this.#hits.map((hit) => recordCommand(hit)),
    ...places().filter((command) => fits(command, this.query)),
  ])

  type(query: string): void {
    this.query = query
    this.active = 0
    clearTimeout(this.#timer)
    this.#asked?.abort()
    if (query.trim().length < (/\p{Script=Han}/u.test(query) ? 1 : 2)) {
      this.#hits = []
      this.isLoading = false
      return
    }
    this.isLoading = true
    this.#timer = setTimeout(() => void this.#search(query.trim()), 140)
  }

  move(by: number): void {
    const count = this.commands.length
    if (count > 0) this.active = (this.active + by + count) % count
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#asked?.abort()
  }

  async #search(query: string): Promise<void> {
    const asked = (this.#asked = new AbortController())
    try {
      const { hits } = await api.get<{ hits: SearchHit[] }>('/search', { q: query }, asked.signal)
      this.#hits = hits
      this.active = 0
    } catch {
      if (asked.signal.aborted) return
      this.#hits = []
    }
    this.isLoading = false
  }
}

function recordCommand(hit: SearchHit): Command {
  const object = model.object(hit.object)
  return {
    key: `record ${hit.id}`,
    kind: 'record',
    group: local(object?.plural) || hit.object,
    label: hit.title,
    note: hit.snippet,
    icon: object?.icon,
    run: () => void goto(`/o/${hit.object}/${hit.id}`),
  }
}

function places(): readonly Command[] {
  const pages = model.apps.flatMap((app) =>
    app.items.map((item) => ({
      key: `page ${app.name} ${item.name}`,
      kind: 'page' as const,
      group: t('palette.go_to'),
      label: local(item.label),
      note: local(app.label),
      icon: model.object(item.object)?.icon,
      run: () => void goto(itemAddress(item)),
    })),
  )
  const work = {
    key: 'page work',
    kind: 'page' as const,
    group: t('palette.go_to'),
    label: t('work.title'),
    icon: 'inbox',
    run: () => void goto('/work'),
  }
  const create = model.objects
    .filter((object) => object.rights.create && object.parent === undefined)
    .map((object) => ({
      key: `create ${object.name}`,
      kind: 'create' as const,
      group: t('shell.create'),
      label: t('record.create', { object: local(object.label) }),
      run: () => creation.begin({ object: object.name }),
    }))
  return [work, ...pages, ...create]
}

function fits(command: Command, query: string): boolean {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  return words.every((word) => command.label.toLowerCase().includes(word))
}
