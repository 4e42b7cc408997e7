export { listRecords, type ListPage, type ListRequest } from './read/list.ts'
export { getRecord, isRecordId, type GetRequest } from './read/get.ts'
export { mayActions, type MayAction } from './read/may.ts'
export { aggregateRecords, type AggregateGroup, type AggregateRequest } from './read/aggregate.ts'
export { recordTimeline, type TimelineEntry } from './read/timeline.ts'
export {
  attachFile,
  checkAttaching,
  findAttachment,
  listAttachments,
  removeAttachment,
  restoreAttachment,
} from './attachments/of-record.ts'
export type { Attachment, AttachmentRow, Attachments } from './attachments/attachment.ts'
export { chunkBytes, readContent, type FileContent } from './attachments/content.ts'
export { checkFileName } from './attachments/file-name.ts'
export { discardAttachment, type NewFile } from './attachments/store.ts'
export { searchEverywhere, type SearchHit } from './read/search-everywhere.ts'
export { isSearchable } from './read/conditions.ts'
export { endShare, listShares, shareRecord, type NewShare, type Share } from './sharing/share.ts'
export { explainAccess } from './explain/explain-access.ts'
export type { AccessQuestion, Explanation } from './explain/explanation.ts'
export { createRecord } from './write/create.ts'
export { updateRecord, type UpdateRequest } from './write/update.ts'
export { deleteRecord, restoreRecord } from './write/delete.ts'
export { eraseRow } from './write/erase-row.ts'
export { upsertRecord, findByKey, keyOf } from './write/upsert.ts'
export { bulkWrite, type BulkOperation, type BulkResult } from './write/bulk.ts'
export { rollupsTogether } from './write/rollups-together.ts'
export { insertsTogether } from './write/inserts-together.ts'
export { rowsTogether } from './rows-together.ts'
export { fillSearch } from './write/fill-search.ts'
export { tryWrite } from './write/dry-run.ts'
export { localText } from './write/rules.ts'
export type { WriteOptions } from './write/request.ts'
export type { RecordValues } from './values.ts'
export {
  actingAs,
  readingWork,
  savepointWork,
  withCause,
  writingAndReading,
  writingWork,
  type BeforeWrite,
  type LifecyclePort,
  type RecordPorts,
  type UnitOfWork,
  type WorkOptions,
} from './unit-of-work.ts'
