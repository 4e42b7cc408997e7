import { model } from '#lib/domain/session/model.svelte.ts'
import { api } from '#lib/shared/api/client.ts'
import type { RecordData } from '#lib/shared/api/types.ts'
import { t } from '#lib/shared/i18n/i18n.svelte.ts'
import { SvelteMap } from 'svelte/reactivity'

/**
 * Titles of records that are only known by id, such as the earlier value of a reference in a timeline. Asked for
 * once, remembered for the visit. A record that one may not see stays without a title.
 */
class Names {
  #known = new SvelteMap<string, string>()
  #asked = new Set<string>()

  /** The title, or undefined until it is known. */
  of(object: string, id: string): string | undefined {
    const known = this.#known.get(id)
    if (known === undefined && !this.#asked.has(id)) {
      this.#asked.add(id)
      void this.#ask(object, id)
    }
    return known
  }

  learn(id: string, title: string): void {
    if (this.#known.get(id) !== title) this.#known.set(id, title)
  }

  async #ask(object: string, id: string): Promise<void> {
    const nameField = model.object(object)?.name_field
    if (nameField === undefined) return
    try {
      const record = await api.get<RecordData>(`/records/${object}/${id}`, { fields: nameField })
      this.#known.set(id, String(record[nameField] ?? ''))
    } catch {
      this.#known.set(id, t('record.hidden'))
    }
  }
}

export const names = new Names()
