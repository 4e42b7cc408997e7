import type { RecordData } from '#lib/shared/api/types.ts'

export interface CreationRequest {
  object: string
  /** Values to begin with, such as the record from whose page one creates. */
  values?: Readonly<Record<string, unknown>>
  done?: (record: RecordData) => void
  /** Do not open the new record's page. */
  staysHere?: boolean
}

/** Which record is being created; one dialog at the top of the page shows the form. */
class Creation {
  requests = $state.raw<readonly CreationRequest[]>([])

  /** Opens the form; one that is already open stays beneath (a customer created while filling in an order). */
  begin(request: CreationRequest): void {
    this.requests = [...this.requests, request]
  }

  end(request: CreationRequest): void {
    this.requests = this.requests.filter((open) => open !== request)
  }
}

export const creation = new Creation()
