export { countJobs, failedJobs, retryJob, type FailedJob, type JobCounts } from './worker/job-overview.ts'
export {
  startWorker,
  type JobRun,
  type RunningWorker,
  type TaskHandlers,
  type WorkerOptions,
} from './worker/start-worker.ts'
