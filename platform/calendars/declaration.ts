/** A text, or one text per locale. */
export type Text = string | Readonly<Record<string, string>>

export const weekdays = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const

export type Weekday = (typeof weekdays)[number]

/** Times on the clock of the calendar's zone, `HH:MM`; a `to` that is not after `from` is of the next day. */
export interface Hours {
  readonly from: string
  readonly to: string
}

/** A shift that comes again every week on its days. */
export interface WeeklyShift extends Hours {
  readonly label?: Text
  readonly days: readonly Weekday[]
}

/** What one day is instead of its weekday. */
export type DayRule =
  | { readonly type: 'holiday'; readonly label?: Text }
  | { readonly type: 'working_day'; readonly label?: Text; readonly like: Weekday }
  | { readonly type: 'special_hours'; readonly label?: Text; readonly shifts: readonly Hours[] }

/** A rule for one date, or for all dates up to and with `through`. */
export type DatedRule = DayRule & { readonly through?: string }

/** A document of kind `calendar`, as its schema admits it (platform/definitions/kinds/calendar.ts). */
export interface CalendarDeclaration {
  readonly name: string
  readonly label?: Text
  /** IANA name such as `Asia/Shanghai`. */
  readonly time_zone: string
  /** Every day from 00:00 to 24:00, beside which shifts have no place. */
  readonly around_the_clock?: boolean
  readonly shifts?: Readonly<Record<string, WeeklyShift>>
  /** By date, `YYYY-MM-DD`. */
  readonly exceptions?: Readonly<Record<string, DatedRule>>
  /** By day of the year, `MM-DD`. */
  readonly every_year?: Readonly<Record<string, DayRule>>
  /** Name of the calendar whose exceptions hold here too. */
  readonly holidays_from?: string
}
