import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import type { RecordData } from '#lib/shared/api/types.ts'
import type { Attachment } from 'svelte/attachments'

/** Makes a card draggable. */
export function draggableCard(record: RecordData, isMovable: boolean): Attachment<HTMLElement> {
  return (element) =>
    draggable({
      element,
      canDrag: () => isMovable,
      getInitialData: () => ({ record }),
      onDragStart: () => (element.dataset.dragged = ''),
      onDrop: () => delete element.dataset.dragged,
    })
}

/** Lets a column take cards. */
export function dropColumn(dropped: (record: RecordData) => void): Attachment<HTMLElement> {
  return (element) =>
    dropTargetForElements({
      element,
      canDrop: ({ source }) => 'record' in source.data,
      onDragEnter: () => (element.dataset.over = ''),
      onDragLeave: () => delete element.dataset.over,
      onDrop: ({ source }) => {
        delete element.dataset.over
        dropped(source.data.record as RecordData)
      },
    })
}
