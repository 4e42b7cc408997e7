import type { ProcessModel } from '../../definitions/model/model.ts'
import { imagesIn } from '../../definitions/process-migration/image-of.ts'
import type { HistoryValue } from '../machine/taking-over.ts'
import type { Places } from './places.ts'

/**
 * What history states remember, in the names of the version that takes over. A history or a remembered state that there
 * is no more is forgotten: the history leads to where it leads without a past.
 */
export function mapHistory(
  history: HistoryValue,
  { process, earlier, present }: { process: ProcessModel; earlier: Places; present: Places },
): HistoryValue {
  const { imageOf } = imagesIn(process)
  const image = (id: string) => {
    const path = earlier.byNodeId.get(id)
    const node = path === undefined ? undefined : imageOf(path)
    return node === undefined ? undefined : present.nodeIds.get(node.path.join('.'))
  }
  const entries = Object.entries(history).flatMap(([id, remembered]) => {
    const there = image(id)
    const states = remembered.map((state) => image(state.id))
    if (there === undefined || states.includes(undefined)) return []
    return [[there, states.map((state) => ({ id: state as string }))] as const]
  })
  return Object.fromEntries(entries)
}
