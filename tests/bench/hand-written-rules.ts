import type postgres from 'postgres'

export interface Body {
  readonly title?: string
  readonly account: string
  readonly amount: { readonly amount: string; readonly currency: string }
  readonly expected_close_on: string
  readonly next_step?: string
}

/** The declared rules of an opportunity, by hand. */
export function validCreate(body: Body): string[] {
  const faults: string[] = []
  if (typeof body.title !== 'string' || body.title === '' || body.title.length > 250) faults.push('title')
  if (typeof body.account !== 'string') faults.push('account')
  if (!/^\d+(\.\d{1,2})?$/.test(body.amount.amount)) faults.push('amount')
  if (Number.isNaN(Date.parse(body.expected_close_on))) faults.push('expected_close_on')
  if (body.next_step !== undefined && body.next_step.length > 250) faults.push('next_step')
  return faults
}

export function validUpdate(before: Record<string, unknown>, body: Body): string[] {
  const faults: string[] = []
  if (typeof body.next_step !== 'string' || body.next_step.length > 250) faults.push('next_step')
  if (String(before.closed_on ?? '9') < String(before.engaged_on ?? '')) faults.push('closed_on')
  return faults
}

/** The account's figures over its open opportunities. */
export function openAmountOf(tx: postgres.TransactionSql, account: string) {
  return tx`update account set open_opportunities = s.n, open_amount = s.total from
    (select count(*) as n, sum(amount) as total from opportunity where account = ${account} and deleted_at is null
       and stage in ('prospecting', 'engaging', 'proposal', 'negotiation')) s where id = ${account}`
}
