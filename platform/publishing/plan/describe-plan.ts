import type { ReleaseModel } from '../../definitions/model/process-versions.ts'
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
  for (const { name, change, instances, release } of plan.processes) {
    const isTaken = plan.migrations.some(({ process }) => process === name)
    const states = instances.map(({ states: at, count }) => `${count} in ${at}`).join(', ')
    const kept = states === '' || isTaken ? '' : `; live instances keep their version: ${states}`
    lines.push(
      `  process ${name} is ${change}${release === undefined ? '' : ` ${describeRelease(release)}`}${kept}`,
    )
  }
  for (const { process, moves } of plan.migrations)
    for (const { from, to, entered, count } of moves)
      lines.push(
        `  migrate ${process}: ${count} in ${from.join(', ')} go on in ${to.join(', ')}` +
          (entered.length === 0 ? '' : `, and enter ${entered.join(', ')}`),
      )
  for (const { subject, message, effect } of plan.drift)
    lines.push(`  ${effect === 'blocks' ? 'DRIFT' : 'drift'} ${subject}: ${message}`)
  for (const { message, remedy } of plan.refusals) lines.push(`  REFUSED ${message} ${remedy}`)
  return lines
}

function describeRelease({ share, from, when }: ReleaseModel): string {
  const parts = [
    ...(share === undefined ? [] : [`for ${Number((share * 100).toFixed(2))} % of new records`]),
    ...(when === undefined ? [] : [`where ${when.text}`]),
    ...(from === undefined ? [] : [`from ${from} on`]),
  ]
  return `${parts.join(', ')}; the others begin with the version before`
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
