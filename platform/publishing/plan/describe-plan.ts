import type { Plan } from './plan.ts'
import type { Step } from './step.ts'

/** A plan as lines for a person. @param hasSql shows the statements of each step as well */
export function describePlan(plan: Plan, { hasSql = false }: { hasSql?: boolean } = {}): string[] {
  const lines = [`${plan.tenant}: ${heading(plan)}`]
  for (const step of plan.steps) {
    lines.push(`  ${describeStep(step)}`)
    if (step.class === 'destructive' && step.loses !== undefined)
      lines.push(`      ${step.loses} Consent: --allow-retire ${step.subject}`)
    if (hasSql)
      lines.push(...step.statements.map((statement) => `      ${statement.replaceAll('\n', '\n      ')};`))
  }
  for (const { name, change, instances } of plan.processes) {
    const states = instances.map(({ states: at, count }) => `${count} in ${at}`).join(', ')
    lines.push(
      `  process ${name} is ${change}${states === '' ? '' : `; live instances keep their version: ${states}`}`,
    )
  }
  for (const { subject, message, effect } of plan.drift)
    lines.push(`  ${effect === 'blocks' ? 'DRIFT' : 'drift'} ${subject}: ${message}`)
  for (const { message, remedy } of plan.refusals) lines.push(`  REFUSED ${message} ${remedy}`)
  return lines
}

function heading({ from, to, isSame, steps, processes }: Plan): string {
  if (isSame && steps.length === 0) return `version ${from} is served already; nothing to do`
  const way = from === undefined ? `first version` : `version ${from} -> ${to}`
  const isSilent = steps.length === 0 && processes.length === 0
  return isSilent ? `${way}; nothing to change in the database` : `${way}, ${steps.length} steps`
}

function describeStep(step: Step): string {
  const rows = step.rows === undefined ? '' : `, ${step.rows} rows`
  const stake = step.valuesAtStake ? `, ${step.valuesAtStake} values at stake` : ''
  const lock =
    step.lock === 'none' ? '' : `, lock ${step.lock}${step.isLong ? ' while it goes through the rows' : ''}`
  return `${step.class.padEnd(11)} ${step.phase.padEnd(7)} ${step.title} (${step.subject}${rows}${stake}${lock})`
}
