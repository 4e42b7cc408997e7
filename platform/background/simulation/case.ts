import type { Principal } from '../../access/principal.ts'

/** One sample case: a record that the process governs, and what is planned for it. */
export interface Case {
  readonly number: number
  /** Of the declared kinds. */
  readonly kind: string | undefined
  readonly maker: Principal
  readonly begunAt: Date
  /** The id of the record; undefined before it is made. */
  record: string | undefined
  /** Set when the process has come to its end. */
  endedAt: Date | undefined
  failure: Failure | undefined
  /** The process and its parts that are at work, by id. */
  instances: ReadonlyMap<string, LiveInstance>
  /** Open work, by id. */
  readonly items: Map<string, OpenItem>
  /** Answers and changes that are waited for, by token. */
  readonly awaited: Map<string, Awaited>
  /** Tokens of everything that was ever waited for. */
  readonly heardOf: Set<string>
  /** What was drawn for each active leaf state, by placeOf. */
  readonly plans: Map<string, Plan>
  /** How often something was refused since a state was entered, by place and event. */
  readonly refused: Map<string, number>
  readonly log: LogEntry[]
  /** How often each thing was drawn. */
  readonly draws: Map<string, number>
  /** How often each event and each outcome came about. */
  readonly came: Map<string, number>
  acts: number
  /** Whether more happened than is played of one case. */
  isTooLong: boolean
}

export interface Failure {
  readonly at: Date
  /** What was being done. */
  readonly what: string
  readonly message: string
}

export interface LiveInstance {
  readonly id: string
  readonly process: string
  readonly states: readonly string[]
  readonly step: number
  /** How many timers, answers and ends of other processes it waits for. */
  readonly pending: number
}

/** What comes next in a state, unless something else comes first. */
export type Plan =
  | { readonly kind: 'event'; readonly event: string; readonly at: Date }
  | { readonly kind: 'work' | 'nothing' }

export interface OpenItem {
  readonly id: string
  readonly instance: string
  readonly invocation: string
  readonly version: number
  /** When somebody begins with it. */
  readonly at: Date
  /** Who is at work on it, and until when. */
  readonly doing?: { readonly by: Principal; readonly until: Date }
  /** Why nobody does it as it stands. */
  readonly obstacle?: 'nobody' | 'refused'
}

export interface Awaited {
  readonly token: string
  readonly instance: string
  readonly invocation: string
  readonly actor: 'request' | 'wait_for'
  /** The record that is watched. */
  readonly target: { readonly object: string; readonly id: string } | undefined
  readonly at: Date
}

/** Something that people did or tried. */
export interface LogEntry {
  readonly at: Date
  readonly by: string
  readonly what: 'create' | 'event' | 'work' | 'answer' | 'change'
  /** The event, or the id of the invocation. */
  readonly name: string
  /** The leaf state for which it was drawn; empty for what is drawn for none. */
  readonly state: string
  readonly values?: Readonly<Record<string, unknown>>
  readonly refusal?: { readonly code: string; readonly reason: string; readonly text: string }
}

export function newCase(start: Pick<Case, 'number' | 'kind' | 'maker' | 'begunAt'>): Case {
  return {
    ...start,
    record: undefined,
    endedAt: undefined,
    failure: undefined,
    instances: new Map(),
    items: new Map(),
    awaited: new Map(),
    heardOf: new Set(),
    plans: new Map(),
    refused: new Map(),
    log: [],
    draws: new Map(),
    came: new Map(),
    acts: 0,
    isTooLong: false,
  }
}

/** The key of an active leaf state of one of its processes. */
export function placeOf(instance: Pick<LiveInstance, 'id'>, leaf: string): string {
  return `${instance.id} ${leaf}`
}

/** Counts what came about. */
export function count({ came }: Case, what: string): void {
  came.set(what, (came.get(what) ?? 0) + 1)
}

/**
 * How likely something is of which nothing is said: as likely as anything else, and half as likely each time that it came
 * about in this case. So a case tries its ways out, and does not go round in one circle for ever.
 */
export function usualWeight({ came }: Case, what: string): number {
  return 2 ** -(came.get(what) ?? 0)
}

/** The active leaf states of its process and parts. */
export function statesOf({ instances }: Case): string {
  return [...instances.values()].flatMap(({ states }) => states).join(', ')
}

/** Whether something may still be done about it. */
export function isLive({ endedAt, failure, isTooLong, record }: Case): boolean {
  return record !== undefined && endedAt === undefined && failure === undefined && !isTooLong
}
