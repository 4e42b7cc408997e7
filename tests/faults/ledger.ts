/** What a client was told: that it is done, that it is refused, or nothing that says which. */
export type Told = 'done' | 'refused' | 'nothing'

export interface Entry {
  readonly act: 'create' | 'event' | 'claim' | 'complete'
  /** Of the parcel or the work item; the title of a new parcel. */
  readonly target: string
  /** What the client gave along with it, once only. */
  readonly key: string
  readonly person: string
  readonly told: Told
}

/** What the clients of a round tried, and what they were told. */
export class Ledger {
  readonly entries: Entry[] = []

  note(entry: Entry): void {
    this.entries.push(entry)
  }

  of(act: Entry['act'], told?: Told): readonly Entry[] {
    return this.entries.filter((entry) => entry.act === act && (told === undefined || entry.told === told))
  }

  told(told: Told): number {
    return this.entries.filter((entry) => entry.told === told).length
  }
}
