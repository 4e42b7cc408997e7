import type { SequenceModel } from '../model/model.ts'

export function linkSequence(name: string, document: Readonly<Record<string, unknown>>): SequenceModel {
  return {
    name,
    format: document.format as string,
    start: (document.start as number | undefined) ?? 1,
    restart: (document.restart as SequenceModel['restart'] | undefined) ?? 'never',
    isGapless: document.gapless === true,
  }
}
