import { pino } from 'pino'

/** What the server logs through; pino in production, silent in tests. */
export type Log = Pick<pino.Logger, 'info' | 'warn' | 'error' | 'debug'>

/** JSON lines on standard error, so that what commands print for people stays readable. */
export function openLog(level: string): Log {
  return pino({ level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2))
}
