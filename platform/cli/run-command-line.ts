import { parseArgs } from 'node:util'
import { UsageError, type Command, type ExitCode, type Invocation } from './command.ts'
import { commands } from './commands.ts'
import { unknownCommand } from './nearest-command.ts'

/**
 * Runs what was written behind `tessera`. Errors become one readable message; with TESSERA_DEBUG set, their
 * stack as well.
 */
export async function runCommandLine({
  args,
  environment,
  print,
  printError,
}: {
  args: readonly string[]
  environment: NodeJS.ProcessEnv
  print(line: string): void
  printError(line: string): void
}): Promise<ExitCode> {
  try {
    const { name, rest } = splitName(args)
    const entry = commands[name]
    if (!entry) throw unknownCommand(name, commands)
    const { command } = await entry.load()
    return await command.run({ ...parse({ name, command, rest }), environment, commands, print })
  } catch (error) {
    printError(describe(error, environment))
    return error instanceof UsageError ? 2 : 1
  }
}

/** `tessera`, `tessera --help` and `tessera start --help` all ask for help. */
function splitName([first = 'help', ...rest]: readonly string[]): { name: string; rest: string[] } {
  if (first === '--help' || first === '-h') return { name: 'help', rest }
  if (first === '--version' || first === '-v') return { name: 'version', rest }
  if (rest.includes('--help') || rest.includes('-h')) return { name: 'help', rest: [first] }
  return { name: first, rest }
}

function parse({
  name,
  command,
  rest,
}: {
  name: string
  command: Command
  rest: string[]
}): Pick<Invocation, 'options' | 'positionals'> {
  const allowed = command.positionals ?? []
  try {
    const { values, positionals } = parseArgs({
      args: rest,
      options: command.options ?? {},
      allowPositionals: true,
    })
    if (positionals.length > allowed.length)
      throw new UsageError(`"${positionals[allowed.length]}" is one argument too many.`)
    return { options: values as Invocation['options'], positionals }
  } catch (error) {
    throw new UsageError(`tessera ${name}: ${(error as Error).message}\nUsage: ${command.usage}`, {
      cause: error,
    })
  }
}

function describe(error: unknown, environment: NodeJS.ProcessEnv): string {
  if (!(error instanceof Error)) return String(error)
  return environment.TESSERA_DEBUG ? (error.stack ?? error.message) : error.message
}
