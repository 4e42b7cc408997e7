import { TesseraError } from '../../access/errors.ts'
import type { Principal } from '../../access/principal.ts'
import { createRecord, writingWork, type RecordValues } from '../../records/index.ts'
import type { Random } from '../recipes/random.ts'
import { inventField, inventRecord, type Inventor } from './invent/invent-record.ts'
import { writeInvented } from './invent/write-invented.ts'
import { linesOf, rightsIn, type World } from './world.ts'

/** Who makes something up, by what chance. */
interface Inventing {
  readonly person: Principal
  readonly random: Random
  /** How many records are being made up so that others can refer to them. */
  readonly depth?: number
}

export function inventorFor(world: World, inventing: Inventing): Inventor {
  const { script, stage } = world
  const { person, random } = inventing
  return {
    model: script.model,
    decisions: script.decisions,
    random,
    at: stage.now,
    mark: () => ++world.marks,
    refer: (object) => refer(world, { ...inventing, object }),
    mayWrite: (object, field) => rightsIn(world, person, object).field(field) === 'write',
  }
}

/** A record that was made, and with what values. */
interface Made {
  readonly id: string
  readonly values: RecordValues
}

/** Makes a record of which only a part is said. @throws TesseraError */
export async function makeRecord(
  world: World,
  { object, said, ...inventing }: Inventing & { object: string; said: RecordValues },
): Promise<Made> {
  const { stage, script } = world
  const inventor = inventorFor(world, inventing)
  const invented = await inventRecord(inventor, { object, except: new Set(Object.keys(said)) })
  return writeInvented({
    said,
    invented,
    fields: script.model.objects.get(object)?.fields ?? new Map(),
    linesOf: (field) => linesOf(world, field),
    invent: (field) => inventField(inventor, field, 'record'),
    write: (values) =>
      writingWork(stage.work(inventing.person), async (unit) => {
        const { id } = await createRecord(unit, { object, values })
        return { id: String(id), values }
      }),
  })
}

const mostProps = 3
const deepest = 3

/** A declared record of the object where there is one, else one of a few that are made up for the person. */
async function refer(
  world: World,
  { object, person, random, depth = 0 }: Inventing & { object: string },
): Promise<string | undefined> {
  if (object === 'user') return random.pick([...world.people.values()]).userId
  const declared = world.book.keysOf(object)
  if (declared.length > 0) return world.ids.get(random.pick(declared))
  const key = `${object} ${person.userId}`
  const known = world.props.get(key)
  const isEnough = known !== undefined && (known.length === 0 || known.length >= mostProps)
  if (known !== undefined && (isEnough || random.next() < 0.5))
    return known.length === 0 ? undefined : random.pick(known)
  if (depth === deepest) return undefined
  const maker = rightsIn(world, person, object).create ? person : world.stage.system
  try {
    const { id: made } = await makeRecord(world, {
      object,
      said: {},
      person: maker,
      random,
      depth: depth + 1,
    })
    world.props.set(key, [...(known ?? []), made])
    return made
  } catch (error) {
    if (!(error instanceof TesseraError)) throw error
    // It cannot be made up, and is not tried again.
    world.props.set(key, known ?? [])
    return known === undefined ? undefined : random.pick(known)
  }
}
