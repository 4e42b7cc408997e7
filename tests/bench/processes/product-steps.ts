import { completeAlone, fireTimer, sendEvent } from '../../../platform/processes/index.ts'
import { createRecord, writingWork } from '../../../platform/records/index.ts'
import type { Sql } from '../../../platform/database/sql.ts'
import type { Scene } from './scene.ts'

/** The four steps that are measured; each takes the id of what it is about. */
export interface Steps {
  /** With the id of a client. */
  start(id: string): Promise<unknown>
  /** With the id of an open ticket. */
  event(id: string): Promise<unknown>
  /** With the id of a timer. */
  timer(id: string): Promise<unknown>
  /** With the id of a work item. */
  approve(id: string): Promise<unknown>
}

export function productSteps(scene: Scene, pool?: Sql): Steps {
  const work = () => scene.work(pool)
  return {
    start: (client) =>
      writingWork(work(), (unit) =>
        createRecord(unit, { object: 'ticket', values: { title: 'New', amount: 1, client } }),
      ),
    event: (id) =>
      writingWork(work(), (unit) =>
        sendEvent(unit, { object: 'ticket', id, event: 'work', values: { amount: 5 } }),
      ),
    timer: (id) => fireTimer(work(), id),
    approve: (id) => completeAlone(work(), { id, outcome: 'approved' }),
  }
}
