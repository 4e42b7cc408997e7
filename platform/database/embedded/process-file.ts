import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What PostgreSQL's postmaster.pid says about the server of a data folder. */
export interface ProcessFile {
  readonly pid: number
  readonly port: number
  /** `starting`, `ready`, `stopping`; undefined while the file is still being written. */
  readonly status: string | undefined
}

/** Reads postmaster.pid (its lines: pid, folder, start time, port, socket, address, memory key, status). */
export function readProcessFile(dataFolder: string): ProcessFile | undefined {
  let lines: string[]
  try {
    lines = readFileSync(join(dataFolder, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return undefined
  }
  return { pid: Number(lines[0]), port: Number(lines[3]), status: lines[7]?.trim() || undefined }
}

/** Whether a process with this number exists, whosoever it is. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/**
 * Whether the process is the PostgreSQL of this data folder and not some other program that got its number
 * after a crash, nor a zombie (which has no command line).
 */
export function isServerOf(pid: number, dataFolder: string): boolean {
  return isAlive(pid) && commandLine(pid).includes(dataFolder)
}

function commandLine(pid: number): string {
  try {
    if (existsSync('/proc/self/cmdline')) return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    if (process.platform === 'win32')
      return execFileSync('wmic', ['process', 'where', `processid=${pid}`, 'get', 'commandline'], {
        encoding: 'utf8',
      })
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  } catch {
    return ''
  }
}
