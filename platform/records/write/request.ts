/** How a write comes about; decides what may be written beyond a person's field rights. */
export interface WriteOptions {
  /**
   * person: field rights and read-only fields bind (the default). process: the process runtime, which alone may write
   * the state field and read-only fields. plugin: may write read-only fields.
   */
  readonly by?: 'person' | 'process' | 'plugin'
  /** The declared entry of the lifecycle through which an import places records in a state. */
  readonly entry?: string
  /** The moment to write as created_at (imports of histories, demo data); the unit's moment without it. */
  readonly id?: string
}
