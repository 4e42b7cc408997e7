import type { ProcessModel } from '../../definitions/model/model.ts'

/** Work as a version of a process declares it: what says when it is due. */
export interface DeclaredWork {
  readonly invocation: string
  readonly due: string | undefined
  /** Of an approval in levels as a whole. */
  readonly deadline: string | undefined
  /** The levels that are asked, by name, with their own deadlines. */
  readonly levels: ReadonlyMap<string, string | undefined>
}

/** What a step does about work, in order. */
export type WorkAct =
  | { readonly kind: 'ask'; readonly work: DeclaredWork }
  | { readonly kind: 'close'; readonly invocation: string }

/** A recorded step, or a timer of the version itself, and when it came. */
export interface WorkStep {
  readonly number: number
  readonly event: string
  /** Milliseconds. */
  readonly at: number
}

/** Work that somebody was asked for while a case was replayed. */
export interface AskedWork extends DeclaredWork {
  readonly opened: WorkStep
  /** `isDone` is false where the state was left before. Undefined while it is open. */
  readonly ended: (WorkStep & { readonly isDone: boolean }) | undefined
}

/**
 * What an invocation declares; undefined where it is no work of people.
 * @param holds whether the condition of a level holds, by its number
 */
export function declaredWork(
  process: ProcessModel,
  { id, input = {} }: { readonly id: string; readonly input?: Readonly<Record<string, unknown>> },
  holds: (condition: number) => boolean,
): DeclaredWork | undefined {
  const actor = process.actors.get(id)
  if (actor !== 'task' && actor !== 'approval') return undefined
  const approval = process.approvals.get(id)
  const levels = approval?.levels.filter(({ when }) => when === undefined || holds(when)) ?? []
  return {
    invocation: id,
    due: input.due as string | undefined,
    deadline: approval?.deadline?.after,
    levels: new Map(levels.map(({ name, deadline }) => [name, deadline?.after])),
  }
}

/** The work of a version while a case is replayed. */
export class WorkOfReplay {
  readonly #work: AskedWork[] = []

  get all(): readonly AskedWork[] {
    return this.#work
  }

  /**
   * Takes over what a step did.
   * @param done the invocation whose result the step brings
   */
  note(
    acts: readonly WorkAct[],
    { step, done, isEnded }: { step: WorkStep; done?: string | undefined; isEnded: boolean },
  ): void {
    if (done !== undefined) this.#end(done, { ...step, isDone: true })
    const before = this.#work.length
    for (const act of acts) {
      if (act.kind === 'ask') this.#work.push({ ...act.work, opened: step, ended: undefined })
      else this.#close(act.invocation, { step, before })
    }
    if (!isEnded) return
    for (const { invocation } of [...this.#work]) this.#close(invocation, { step, before })
  }

  /** A state that was left again in the same step has asked nobody for anything. */
  #close(invocation: string, { step, before }: { step: WorkStep; before: number }): void {
    const at = this.#openAt(invocation)
    if (at >= before) this.#work.splice(at, 1)
    else this.#end(invocation, { ...step, isDone: false })
  }

  #end(invocation: string, ended: AskedWork['ended']): void {
    const at = this.#openAt(invocation)
    if (at >= 0) this.#work[at] = { ...(this.#work[at] as AskedWork), ended }
  }

  #openAt(invocation: string): number {
    return this.#work.findLastIndex((work) => work.invocation === invocation && work.ended === undefined)
  }
}
