import type { Linkage } from '../../linkage.ts'
import type { ProcessDraft } from '../draft-process.ts'
import { branchesOf } from '../transitions.ts'
import { checkEndlessAlways } from './always.ts'
import { checkApprovals } from './approvals.ts'
import { checkConfigurations } from './configurations.ts'
import { checkDelays } from './delays.ts'
import { checkEvents } from './events.ts'
import { checkFallbacks } from './guards/check-fallbacks.ts'
import { checkGuards } from './guards/check-guards.ts'
import { checkInvocations } from './invocations.ts'
import { checkEntries, checkLabels } from './labels.ts'
import { checkLocks } from './locks.ts'
import type { MachineCheck } from './machine-check.ts'
import { checkRaisedLoops } from './raised-loops.ts'
import { checkReachability } from './reachability.ts'
import { checkSenders } from './senders.ts'
import { checkStructure } from './structure.ts'
import { checkTags } from './tags.ts'
import { checkTargets } from './targets.ts'
import { checkTimers } from './timers.ts'

/**
 * Finds the faults of a machine that XState accepts in silence or meets only when it gets there. The checks that
 * walk along transitions run only where every target and initial state exists.
 */
export function checkMachine(linkage: Linkage, process: ProcessDraft): void {
  const check: MachineCheck = { linkage, process, branches: branchesOf(process.root) }
  const isStructured = checkStructure(check)
  const isConnected = checkTargets(check)
  checkEvents(check)
  checkSenders(check)
  checkGuards(check)
  checkFallbacks(check)
  checkTimers(check)
  checkDelays(check)
  checkInvocations(check)
  checkApprovals(check)
  checkLabels(check)
  checkLocks(check)
  checkTags(check)
  checkEntries(check)
  if (!isStructured || !isConnected) return
  checkEndlessAlways(check)
  checkRaisedLoops(check)
  checkConfigurations(check)
  checkReachability(check)
}
