import type { LocalText } from '../../definitions/model/model.ts'
import type { Json } from '../../processes/index.ts'
import type { CastPerson } from '../stage/index.ts'

type Values = Readonly<Record<string, unknown>>

/** What a refusal must be like. */
export interface Refusal {
  readonly code: string
  readonly field?: string
}

/** What an outside system answers; without a status it was never reached. */
export interface RequestAnswer {
  readonly invocation?: string
  readonly status?: number
  readonly body?: Json
}

interface Deed {
  readonly by: string
  readonly refused?: Refusal
}

/** A step of a scenario; the schema in definitions/kinds/scenario.ts says what each one means. */
export type ScenarioStep = { readonly note?: string } & (
  | (Deed & { readonly do: 'create'; readonly object: string; readonly values: Values; readonly as?: string })
  | (Deed & { readonly do: 'update'; readonly record: string; readonly values: Values })
  | (Deed & { readonly do: 'delete'; readonly record: string })
  | (Deed & {
      readonly do: 'event'
      readonly record: string
      readonly event: string
      readonly values?: Values
      readonly created?: Readonly<Record<string, string>>
    })
  | (Deed & { readonly do: 'claim' | 'withdraw' | 'take_back'; readonly record: string })
  | (Deed & {
      readonly do: 'return'
      readonly record: string
      readonly to?: string
      readonly comment: string
    })
  | (Deed & {
      readonly do: 'complete'
      readonly record: string
      readonly outcome?: 'approved' | 'rejected' | 'done'
      readonly values?: Values
      readonly comment?: string
    })
  | ({ readonly do: 'answer'; readonly record: string } & RequestAnswer)
  | { readonly do: 'wait'; readonly duration: string }
  | RecordExpectation
  | {
      readonly do: 'expect_count'
      readonly by?: string
      readonly object: string
      readonly where?: string
      readonly count: number
    }
)

export interface RecordExpectation {
  readonly do: 'expect'
  readonly by?: string
  readonly record: string
  readonly state?: string
  readonly tags?: readonly string[]
  readonly values?: Values
  readonly holds?: string
  readonly possible?: readonly string[]
  readonly hidden?: true
  readonly work?: number
  readonly told?: number
}

export interface ScenarioDocument {
  readonly label: LocalText
  readonly begins_at?: string
  readonly people: Readonly<Record<string, CastPerson>>
  readonly steps: readonly ScenarioStep[]
}
