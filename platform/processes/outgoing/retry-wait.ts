import type { RetryModel } from '../../definitions/model/connection.ts'

/** Mails, for which nothing is declared. */
export const usualRetry: RetryModel = { attempts: 10, firstMs: 15_000, longestMs: 3_600_000 }

const day = 24 * 3_600_000

/**
 * How long to wait after so many failures in a row: twice as long each time, of which half is left to chance, so that
 * those who failed together do not come back together; never less than the counterpart asks for, up to a day.
 * @param chance 0 to 1
 */
export function retryWait(
  retry: RetryModel,
  { failures, retryAfterMs = 0, chance }: { failures: number; retryAfterMs?: number; chance: number },
): number {
  const full = Math.min(retry.firstMs * 2 ** Math.min(failures - 1, 30), retry.longestMs)
  return Math.max(full / 2 + (full / 2) * chance, Math.min(retryAfterMs, day))
}
