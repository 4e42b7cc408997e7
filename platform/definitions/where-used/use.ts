/** One declaration that refers to an object or a field. */
export interface Use {
  /** `account`, or `account.name`. */
  readonly target: string
  /** Address of what refers to it: `views/open_opportunities/columns/1`. */
  readonly by: string
}
