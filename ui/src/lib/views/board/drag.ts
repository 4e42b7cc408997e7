import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import type { RecordData } from '#lib/shared/api/types.ts'
import type { Attachment } from 'svelte/attachments'
import type { BoardMoves } from './board-moves.svelte.ts'

/** Makes a card draggable. */
export function draggableCard(record: RecordData, moves: BoardMoves): Attachment<HTMLElement> {
  return (element) =>
    draggable({
      element,
      canDrag: () => moves.canLift(record),
      getInitialData: () => ({ record }),
      onDragStart: () => {
        element.dataset.dragged = ''
        moves.lift(record)
      },
      onDrop: () => {
        delete element.dataset.dragged
        moves.lifted = undefined
      },
    })
}

/** Lets a column take the cards that may go there. */
export function dropColumn(
  { value, moves }: { value: string; moves: BoardMoves },
  dropped: (record: RecordData) => void,
): Attachment<HTMLElement> {
  return (element) =>
    dropTargetForElements({
      element,
      canDrop: ({ source }) => moves.offer(source.data.record as RecordData, value)?.isOpen === true,
      onDragEnter: () => (element.dataset.over = ''),
      onDragLeave: () => delete element.dataset.over,
      onDrop: ({ source }) => {
        delete element.dataset.over
        dropped(source.data.record as RecordData)
      },
    })
}
