import type { PublishRefused } from '../publishing/index.ts'
import type { Invocation } from './command.ts'

/** The values of `--allow-retire`, given several times or separated by commas. */
export function consentsOf(options: Invocation['options']): string[] {
  const given: unknown = options['allow-retire']
  const values = Array.isArray(given) ? given : [given]
  return values
    .filter((value) => typeof value === 'string')
    .flatMap((value) => value.split(','))
    .map((value) => value.trim())
    .filter((value) => value !== '')
}

/** A refusal for machines: why, and the plan that was refused. */
export function refusedAsJson({ code, message, plan }: PublishRefused): string {
  return JSON.stringify({ refused: { code, message, plan: plan ?? null } }, null, 2)
}
