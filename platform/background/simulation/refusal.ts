import { TesseraError } from '../../access/errors.ts'
import type { Case, LogEntry } from './case.ts'
import type { World } from './world.ts'

type Tried = Pick<LogEntry, 'by' | 'what' | 'name' | 'state' | 'values'>

export function noteDone({ stage }: World, played: Case, tried: Tried): void {
  played.log.push({ at: stage.now, ...tried })
}

/** Notes that something was refused; what is no refusal but a fault ends the case. */
export function noteRefusal(
  world: World,
  played: Case,
  { error, ...tried }: Tried & { error: unknown },
): void {
  const { now } = world.stage
  if (!(error instanceof TesseraError) || broken.has(String(error.members.reason))) {
    played.failure = { at: now, what: `${tried.what} ${tried.name}`, message: messageOf(error) }
    return
  }
  played.log.push({ at: now, ...tried, refusal: refusalOf(error) })
}

/** Refusals that show a fault of the machine itself. */
const broken: ReadonlySet<string> = new Set(['endless', 'torn'])

function refusalOf(error: TesseraError): NonNullable<LogEntry['refusal']> {
  const { code, faults, members } = error
  const named = faults.map(({ field, path, message }) =>
    [field, path]
      .filter((part) => part !== undefined)
      .join('/')
      .concat(field === undefined ? '' : ' ', message),
  )
  const first = faults[0]?.code
  return {
    code,
    reason: String(members.reason ?? first ?? ''),
    text: withoutIds(named.length === 0 ? error.message : named.join('; ')),
  }
}

export function messageOf(error: unknown): string {
  return withoutIds(error instanceof Error ? error.message : String(error))
}

/** Ids differ from run to run, what they stand for does not. */
function withoutIds(text: string): string {
  return text.replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '…')
}
