import { tellRefusal } from '#lib/domain/records/deletion.ts'
import { api } from '#lib/shared/api/client.ts'
import { download } from '#lib/shared/api/download.ts'
import { asProblem, type ApiProblem } from '#lib/shared/api/problem.ts'
import type { Attachment, Attachments } from '#lib/shared/api/types.ts'
import { tell } from '#lib/shared/controls/tell.svelte.ts'
import { formatSize } from '#lib/shared/i18n/formats.ts'
import { t } from '#lib/shared/i18n/i18n.svelte.ts'
import { Sending } from './sending.svelte.ts'

/** The files at a record or at a work item, those on their way there, and what can be done with them. */
export class AttachmentsStore {
  list = $state.raw<Attachments>()
  problem = $state.raw<ApiProblem>()
  /** Files on their way, and those that did not arrive. */
  sending = $state.raw<readonly Sending[]>([])
  /** What happened last, for those who do not see it. */
  told = $state('')
  readonly #path: string
  readonly #changed: () => void
  /** One after the other: each is there as soon as it can be. */
  #turn: Promise<void> = Promise.resolve()

  /** @param place the address of the record or the work item; `changed` is told after each change made here */
  constructor(place: string, changed: () => void) {
    this.#path = `${place}/attachments`
    this.#changed = changed
  }

  async load(): Promise<void> {
    try {
      this.list = await api.get<Attachments>(this.#path)
      this.problem = undefined
    } catch (thrown) {
      this.problem = asProblem(thrown)
    }
  }

  add(files: Iterable<File>): void {
    for (const file of files) {
      const sending = new Sending(file, this.#tooLarge(file))
      this.sending = [...this.sending, sending]
      if (sending.failure === undefined) this.send(sending)
    }
  }

  send(sending: Sending): void {
    this.#turn = this.#turn.then(async () => {
      const made = await sending.send(this.#path)
      if (made !== undefined) await this.#arrived(sending, made)
    })
  }

  giveUp(sending: Sending): void {
    sending.giveUp()
    this.#leave(sending)
  }

  /** Takes a file away and offers to bring it back. */
  async remove({ id, file_name: name }: Attachment): Promise<void> {
    try {
      await api.delete(`${this.#path}/${id}`)
    } catch (thrown) {
      tellRefusal(thrown)
      return
    }
    tell.plain(t('attachments.removed', { name }), {
      action: { label: t('action.undo'), run: () => void this.#restore(id) },
    })
    await this.load()
    this.#changed()
  }

  async download({ id, file_name: name }: Attachment): Promise<void> {
    try {
      await download(`${this.#path}/${id}`, name)
    } catch (thrown) {
      tellRefusal(thrown)
    }
  }

  async #restore(id: string): Promise<void> {
    try {
      await api.post(`${this.#path}/${id}/restore`)
    } catch (thrown) {
      tellRefusal(thrown)
    }
    await this.load()
    this.#changed()
  }

  async #arrived(sending: Sending, { file_name: name }: Attachment): Promise<void> {
    await this.load()
    this.#leave(sending)
    this.told = t('attachments.attached', { name })
    this.#changed()
  }

  #leave(sending: Sending): void {
    this.sending = this.sending.filter((each) => each !== sending)
  }

  #tooLarge({ size }: File): string | undefined {
    const largest = this.list?.largest ?? Infinity
    if (size <= largest) return undefined
    return t('attachments.too_large', { size: formatSize(size), largest: formatSize(largest) })
  }
}
