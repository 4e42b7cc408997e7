import { model } from '#lib/domain/session/model.svelte.ts'
import { api } from '#lib/shared/api/client.ts'
import type { RecordPage } from '#lib/shared/api/types.ts'
import { SvelteMap } from 'svelte/reactivity'

/**
 * Titles of records that are only known by id, such as the earlier value of a reference in a timeline. Asked for in
 * one request per object, remembered for the visit. A record that one may not see stays without a title.
 */
class Names {
  #known = new SvelteMap<string, string>()
  #wanted = new Map<string, Set<string>>()
  #asked = new Set<string>()

  /** The title, or undefined until it is known. */
  of(object: string, id: string): string | undefined {
    const known = this.#known.get(id)
    if (known === undefined && !this.#asked.has(id)) this.#want(object, id)
    return known
  }

  learn(id: string, title: string): void {
    if (this.#known.get(id) !== title) this.#known.set(id, title)
  }

  #want(object: string, id: string): void {
    this.#asked.add(id)
    if (this.#wanted.size === 0) setTimeout(() => void this.#ask(), 10)
    const ids = this.#wanted.get(object) ?? new Set()
    this.#wanted.set(object, ids.add(id))
  }

  async #ask(): Promise<void> {
    const wanted = [...this.#wanted]
    this.#wanted.clear()
    await Promise.allSettled(wanted.map(([object, ids]) => this.#askObject(object, [...ids])))
  }

  async #askObject(object: string, ids: readonly string[]): Promise<void> {
    const nameField = model.object(object)?.name_field
    if (nameField === undefined) return
    const { rows } = await api.post<RecordPage>(`/records/${object}/query`, {
      fields: [nameField],
      filter: `record.id in [${ids.map((id) => `'${id}'`).join(', ')}]`,
      limit: ids.length,
    })
    for (const row of rows) this.#known.set(row.id, String(row[nameField] ?? ''))
  }
}

export const names = new Names()
