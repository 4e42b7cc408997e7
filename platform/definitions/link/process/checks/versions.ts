import { inside } from '../../../model/problem-list.ts'
import { releaseBegins } from '../../../model/process-versions.ts'
import type { Linkage } from '../../linkage.ts'
import type { ProcessDraft } from '../draft-process.ts'

/** A version that takes all earlier records over is for all, and acts for itself while it does so. */
export function checkRelease({ linkage, process }: { linkage: Linkage; process: ProcessDraft }): void {
  const { document, at } = process
  checkBeginning({ linkage, process })
  if (document.migration === undefined) return
  if (document.release !== undefined)
    linkage.problems.error({
      at: inside(at, 'migration'),
      code: 'migration_with_release',
      message: 'A version that is not meant for all new records cannot take all earlier ones over.',
      remedy: 'Remove "migration" until the version is for all, or remove "release".',
    })
  if (document.run_as === undefined)
    linkage.problems.error({
      at: inside(at, 'migration'),
      code: 'migration_without_role',
      message: 'Nobody stands behind a migration, and the process names no role under which it acts.',
      remedy: 'Add "run_as" to the process.',
    })
}

/** A release begins at a moment that there is. */
function checkBeginning({ linkage, process }: { linkage: Linkage; process: ProcessDraft }): void {
  const { from } = (process.document.release ?? {}) as { from?: string }
  if (from === undefined || releaseBegins(from, linkage.settings.timeZone) !== null) return
  linkage.problems.error({
    at: inside(process.at, 'release', 'from'),
    code: 'no_moment',
    message: `"${from}" is neither a day nor a moment.`,
    remedy: 'Write a day such as 2026-12-01, or a moment with its offset: 2026-12-01T06:00:00+08:00.',
  })
}
