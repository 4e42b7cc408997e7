import type { ParseArgsOptionsConfig } from 'node:util'

/** Exit codes: 0 done, 1 the work failed or found faults, 2 the command was written wrongly. */
export type ExitCode = 0 | 1 | 2

/** What a command gets from the command line. */
export interface Invocation {
  readonly positionals: readonly string[]
  /** Values of the declared options; a missing one without a default is undefined. */
  readonly options: Readonly<Record<string, string | boolean | undefined>>
  readonly environment: NodeJS.ProcessEnv
  /** All commands there are. */
  readonly commands: CommandList
  print(line: string): void
}

/** One command: a file under commands/ exports it under the name `command`. */
export interface Command {
  /** How it is written, such as `tessera start [--project FOLDER]`. */
  readonly usage: string
  /** What it does, what it needs, what its options mean; shown by `tessera help NAME`. */
  readonly description: string
  readonly options?: ParseArgsOptionsConfig
  /** Names of what may stand behind the command; more is refused. */
  readonly positionals?: readonly string[]
  run(invocation: Invocation): Promise<ExitCode>
}

/** The commands by name, in the order in which `tessera help` lists them. */
export type CommandList = Readonly<
  Record<
    string,
    {
      /** One line for the list of commands. */
      readonly summary: string
      /** Only the command that is run is loaded. */
      load(): Promise<{ command: Command }>
    }
  >
>

/** The command was written wrongly; the message says how to write it. */
export class UsageError extends Error {}
