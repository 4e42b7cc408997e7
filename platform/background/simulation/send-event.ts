import { TesseraError } from '../../access/errors.ts'
import type { Principal } from '../../access/principal.ts'
import type { EventModel } from '../../definitions/model/model.ts'
import { sendEvent } from '../../processes/index.ts'
import { updateRecord, writingWork, type RecordValues } from '../../records/index.ts'
import type { Recipes } from '../recipes/declared.ts'
import type { Random } from '../recipes/random.ts'
import { count, type Case, type LiveInstance } from './case.ts'
import { inventField, inventForm, isFilledIn } from './invent/invent-record.ts'
import { writeInvented } from './invent/write-invented.ts'
import { inventorFor } from './inventing.ts'
import { presentValues } from './recipe-values.ts'
import { noteDone, noteRefusal } from './refusal.ts'
import { chanceOf, linesOf, peopleNamed, rightsIn, shuffled, type World } from './world.ts'

/** How many people try an event before it counts as refused. */
const mostSenders = 6

/** Sends a drawn event as somebody who may. @returns whether it was taken */
export async function sendDrawn(
  world: World,
  played: Case,
  { instance, leaf, name }: { instance: LiveInstance; leaf: string; name: string },
): Promise<boolean> {
  const event = world.script.model.processes.get(instance.process)?.events.get(name)
  if (event === undefined) throw new Error(`There is no event "${name}" in ${instance.process}.`)
  const random = chanceOf(world, played, `event ${name}`)
  const tried = { what: 'event', name, state: leaf } as const
  let first: { by: string; error: unknown } | undefined
  for (const person of sendersOf(world, played, { event, random })) {
    try {
      const values = await sendAs(world, played, { event, person, random })
      noteDone(world, played, { ...tried, by: person.name, values })
      count(played, name)
      return true
    } catch (error) {
      first ??= { by: person.name, error }
      if (!(error instanceof TesseraError) || !dependsOnPerson(error, event)) break
    }
  }
  const nobody = new TesseraError('forbidden', 'None of the people has the roles and rights that it takes.')
  noteRefusal(world, played, { ...tried, ...(first ?? { by: played.maker.name, error: nobody }) })
  return false
}

/** Who made the record comes first, if he is one of those who may. */
function sendersOf(
  world: World,
  { maker }: Case,
  { event, random }: { event: EventModel; random: Random },
): readonly Principal[] {
  const { script } = world
  const may = peopleNamed(world, script.document.events?.[event.name]?.by).filter((person) => {
    const rights = rightsIn(world, person, script.object.name)
    const hasRole =
      event.allowedRoles === undefined || person.roles.some((role) => event.allowedRoles?.has(role))
    return hasRole && rights[event.needs].length > 0
  })
  const others = shuffled(may, random).filter((person) => person !== maker)
  return [...(may.includes(maker) ? [maker] : []), ...others].slice(0, mostSenders)
}

/** Whether another person might be let through. */
function dependsOnPerson({ code, members }: TesseraError, { allowedWhen }: EventModel): boolean {
  if (code === 'forbidden' || code === 'not_found' || members.reason === 'role') return true
  return members.reason === 'condition' && allowedWhen?.paths.some(([root]) => root === 'user') === true
}

/**
 * What is required of the record itself, and not of the form, is filled in before.
 * @returns what was filled in
 */
async function sendAs(
  world: World,
  played: Case,
  { event, person, random }: { event: EventModel; person: Principal; random: Random },
): Promise<RecordValues> {
  const { script, stage } = world
  const { object } = script
  const place = { object: object.name, id: String(played.record) }
  const said = await saidFor(world, played, { event, place, random })
  const inventor = inventorFor(world, { person, random })
  const fields = [...object.fields].filter(
    ([name, field]) => isFilledIn(field) && inventor.mayWrite(object.name, name),
  )
  return writeInvented({
    said: { ...apart(said.update, event.form).update, ...said.values },
    invented: await inventForm(inventor, { form: event.form, except: new Set(Object.keys(said.values)) }),
    fields: new Map([...fields, ...event.form]),
    linesOf: (field) => linesOf(world, field),
    invent: (field) => inventField(inventor, field, event.form.has(field.name) ? 'event' : 'record'),
    write: (all) =>
      writingWork(stage.work(person), async (unit) => {
        const { values, update: own } = apart(all, event.form)
        const update = { ...own, ...said.update }
        const isUpdated = Object.keys(update).length > 0
        if (isUpdated) await updateRecord(unit, { ...place, values: update })
        await sendEvent(unit, { ...place, event: event.name, values }, { ports: stage.processPorts })
        return { ...values, ...(isUpdated ? { update } : {}) }
      }),
  })
}

/** What is for the form, and what is for the record. */
function apart(all: RecordValues, form: EventModel['form']): { values: RecordValues; update: RecordValues } {
  const entries = Object.entries(all)
  return {
    values: Object.fromEntries(entries.filter(([name]) => form.has(name))),
    update: Object.fromEntries(entries.filter(([name]) => !form.has(name))),
  }
}

async function saidFor(
  world: World,
  played: Case,
  options: { event: EventModel; place: { object: string; id: string }; random: Random },
): Promise<{ values: RecordValues; update: RecordValues }> {
  const { event, place, random } = options
  const declared = world.script.document.events?.[event.name] ?? {}
  const follow = (recipes: Recipes | undefined, part: string) =>
    presentValues(world, place, { recipes, random, index: played.number, path: ['events', event.name, part] })
  const isAgain = (played.came.get(event.name) ?? 0) > 0
  return {
    values: await follow(declared.values, 'values'),
    update: {
      ...(await follow(declared.update, 'update')),
      ...(await follow(isAgain ? declared.again : undefined, 'again')),
    },
  }
}
