import type { Linkage } from '../../linkage.ts'
import type { ProcessDraft } from '../draft-process.ts'
import type { Branch } from '../transitions.ts'

/** What each check sees. */
export interface MachineCheck {
  readonly linkage: Linkage
  readonly process: ProcessDraft
  readonly branches: readonly Branch[]
}
