import { FormState } from '#lib/domain/records/form.svelte.ts'
import { tellRefusal } from '#lib/domain/records/deletion.ts'
import { askWhy } from '#lib/shared/access/why.svelte.ts'
import { faultText, problemText, problemTitle } from '#lib/shared/api/problem-text.ts'
import { asProblem, type ApiProblem } from '#lib/shared/api/problem.ts'
import type { EventAnswer, ProcessEvent, RecordData } from '#lib/shared/api/types.ts'
import { local, t } from '#lib/shared/i18n/i18n.svelte.ts'
import { tell } from '#lib/shared/controls/tell.svelte.ts'
import type { ProcessStore } from './process-store.svelte.ts'

interface Running {
  event: ProcessEvent
  form: FormState
  process: ProcessStore
  end: (answer: EventAnswer | undefined) => void
}

/** Sends events of a process: asks for the form or a confirmation where there is one, and tells a refusal's reason. */
export class EventRunner {
  running = $state.raw<Running | undefined>(undefined)

  /** Answers what the server answered; undefined where the person cancelled or the process refused. */
  run(event: ProcessEvent, process: ProcessStore, record: RecordData): Promise<EventAnswer | undefined> {
    const form = new FormState({
      place: { object: process.object, form: event.form },
      fields: event.form,
      record,
      event: event.name,
      draft: Object.keys(event.form).length === 0 ? undefined : `draft.event.${process.id}.${event.name}`,
    })
    if (Object.keys(event.form).length === 0 && !event.destructive) return send({ event, form, process })
    return new Promise((end) => (this.running = { event, form, process, end }))
  }

  async confirm(): Promise<void> {
    const { running } = this
    if (running === undefined || !running.form.check()) return
    running.form.isBusy = true
    try {
      const answer = await running.process.send(running.event.name, running.form.sent)
      tellDone(running.event, answer)
      this.#end(answer)
    } catch (thrown) {
      const problem = asProblem(thrown)
      if (problem.code === 'validation') running.form.faults = problem.faults
      else {
        tellRefused(running.event, problem)
        if (problem.code === 'event_refused') this.#end(undefined)
      }
    }
    running.form.isBusy = false
  }

  cancel(): void {
    this.running?.end(undefined)
    this.running = undefined
  }

  #end(answer: EventAnswer | undefined): void {
    if (answer !== undefined) this.running?.form.forgetDraft()
    this.running?.end(answer)
    this.running = undefined
  }
}

async function send({ event, form, process }: Omit<Running, 'end'>): Promise<EventAnswer | undefined> {
  try {
    const answer = await process.send(event.name, form.sent)
    tellDone(event, answer)
    return answer
  } catch (thrown) {
    tellRefused(event, asProblem(thrown))
    return undefined
  }
}

function tellDone(event: ProcessEvent, answer: EventAnswer): void {
  const here = (answer.process?.path ?? [])
    .filter((step) => step.status === 'here')
    .map((step) => local(step.label))
  tell.done(t('process.done', { event: local(event.label) }), {
    text: here.length === 0 ? undefined : t('process.now_in', { state: here.join(', ') }),
  })
}

function tellRefused(event: ProcessEvent, problem: ApiProblem): void {
  if (problem.code !== 'event_refused' && problem.code !== 'validation') return tellRefusal(problem)
  const reason =
    problem.faults.map((fault) => faultText(fault)).join('\n') ||
    problemText(problem) ||
    problemTitle(problem)
  tell.refused(t('process.refused', { event: local(event.label) }), { text: reason, action: askWhy(problem) })
}
