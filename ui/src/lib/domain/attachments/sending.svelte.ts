import { upload } from '#lib/shared/api/upload.ts'
import { faultText, problemText, problemTitle } from '#lib/shared/api/problem-text.ts'
import { asProblem } from '#lib/shared/api/problem.ts'
import type { Attachment } from '#lib/shared/api/types.ts'
import { t } from '#lib/shared/i18n/i18n.svelte.ts'

/** A file on its way to the server. */
export class Sending {
  readonly file: File
  /** From 0 to 1. */
  share = $state(0)
  /** Why it was not taken; it can be sent again. */
  failure = $state<string>()
  #given = new AbortController()

  constructor(file: File, failure?: string) {
    this.file = file
    this.failure = failure
  }

  /** Sends it; undefined where it failed or was given up. */
  async send(path: string): Promise<Attachment | undefined> {
    if (this.isGivenUp) return undefined
    this.failure = undefined
    this.share = 0
    try {
      if (!(await isReadable(this.file))) throw new Error(t('attachments.unreadable'))
      return await upload<Attachment>(path, {
        query: { file_name: this.file.name },
        file: this.file,
        signal: this.#given.signal,
        onprogress: (share) => (this.share = share),
      })
    } catch (thrown) {
      if (!this.isGivenUp) this.failure = failureOf(thrown)
      return undefined
    }
  }

  giveUp(): void {
    this.#given.abort()
  }

  get isGivenUp(): boolean {
    return this.#given.signal.aborted
  }
}

function failureOf(thrown: unknown): string {
  const problem = asProblem(thrown)
  const [fault] = problem.faults
  if (fault !== undefined) return faultText(fault)
  return problemText(problem) ?? problemTitle(problem)
}

/** Not a folder, nor a file that has been changed or moved since it was chosen: those look as if the way were broken. */
async function isReadable(file: File): Promise<boolean> {
  return file
    .slice(0, 1)
    .arrayBuffer()
    .then(
      () => true,
      () => false,
    )
}
