/** Where a request came from, for the audit log. */
export interface Origin {
  /** The network address of whoever asked. */
  readonly address?: string
  /** Id of the API key that was used. */
  readonly key?: string
  /** The person who acts in the place of the principal. */
  readonly impersonator?: { readonly id: string; readonly name: string }
}
