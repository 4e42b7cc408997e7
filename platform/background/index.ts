export { taskHandlers } from './handlers.ts'
export { delimiters, type Delimiter } from './import/csv/delimiter.ts'
export { encodings, type Encoding } from './import/csv/encoding.ts'
export { importProblems, importProblemsCsv } from './import/list-problems.ts'
export { largestFile, previewImport, type ImportPreview, type PreviewRequest } from './import/preview.ts'
export type { Problem } from './import/problems.ts'
export { cancelImport, importStatus, listImports } from './import/progress.ts'
export type {
  ColumnTarget,
  ImportProgress,
  ImportRequest,
  ImportStatus,
  RowProblems,
  UnknownValue,
} from './import/request.ts'
export { runImport, type BackgroundParts } from './import/run/run-import.ts'
export { outgoingMeans, type OutgoingMeans } from './outgoing/means.ts'
export {
  cancelRepair,
  listRepairs,
  repairResults,
  repairStatus,
  type RepairProgress,
} from './repairs/progress.ts'
export { startRepair } from './repairs/start-repair.ts'
export { startImport } from './import/start.ts'
export { unknownValues } from './import/unknown-values.ts'
export { countJobs, failedJobs, retryJob, type FailedJob, type JobCounts } from './worker/job-overview.ts'
export {
  startWorker,
  type JobRun,
  type RunningWorker,
  type TaskHandlers,
  type WorkerOptions,
} from './worker/start-worker.ts'
