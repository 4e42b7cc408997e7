import type { SequenceModel } from '../model/model.ts'
import type { ProblemList } from '../model/problem-list.ts'

/** A number series. One that begins anew must show the period, or it would give the same number again. */
export function linkSequence(
  problems: ProblemList,
  name: string,
  document: Readonly<Record<string, unknown>>,
): SequenceModel {
  const format = document.format as string
  const restart = (document.restart as SequenceModel['restart'] | undefined) ?? 'never'
  const periods = { never: [], year: ['{year}'], month: ['{year}', '{month}'] }[restart]
  const missing = periods.filter((part) => !format.includes(part))
  if (missing.length > 0)
    problems.error({
      at: { kind: 'sequence', name, path: ['format'] },
      code: 'sequence_repeats',
      message: `The sequence begins anew each ${restart}, and its numbers do not show it: "${format}".`,
      remedy: `Add ${missing.join(' and ')} to the format.`,
    })
  return {
    name,
    format,
    start: (document.start as number | undefined) ?? 1,
    restart,
    isGapless: document.gapless === true,
  }
}
