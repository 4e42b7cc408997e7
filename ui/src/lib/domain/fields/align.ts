import type { FieldMeta } from '#lib/shared/api/types.ts'
import { viewOf } from './looks.ts'
import { resultView } from './types/formula/result-view.ts'

/** Numbers and amounts stand at the end of their column, so that digits line up. */
export function alignOf(field: FieldMeta): 'start' | 'end' {
  const view = field.computed === undefined ? viewOf(field) : resultView(field)
  return view.align ?? 'start'
}
