import type { Model, ProcessModel } from '../../../definitions/model/model.ts'
import type { Problem } from '../../../definitions/model/problem.ts'
import { suggest } from '../../../definitions/nearest.ts'
import type { SimulationDocument } from '../document.ts'
import type { Simulation } from '../load-simulation.ts'
import { checkCourse } from './check-course.ts'
import { Checks } from './checks.ts'

/** Everything that a simulation names and the process, its object or the Model does not have. */
export function checkSimulation(
  { source, document }: Simulation,
  { model, process }: { model: Model; process: ProcessModel },
): readonly Problem[] {
  const people = Object.keys(document.people ?? { administrator: {}, ...Object.fromEntries(model.roles) })
  const checks = new Checks({ source, model, people })
  if (document.calendar !== undefined)
    checks.known(document.calendar, model.calendars.keys(), { path: ['calendar'], what: 'calendar' })
  checkPeople(document, checks)
  checkRecords(document, checks)
  checkCases(document, { process, checks })
  checkCourse(document, { process, checks })
  return checks.problems
}

function checkPeople({ people = {} }: SimulationDocument, checks: Checks): void {
  const before = new Set<string>()
  for (const [name, { roles, manager }] of Object.entries(people)) {
    for (const [at, role] of roles.entries())
      checks.known(role, checks.model.roles.keys(), { path: ['people', name, 'roles', at], what: 'role' })
    if (manager !== undefined && !before.has(manager))
      checks.fault(
        { path: ['people', name, 'manager'] },
        `"${manager}" is not among the people named before.`,
        suggest(manager, before, 'They are'),
      )
    before.add(name)
  }
}

function checkRecords(document: SimulationDocument, checks: Checks): void {
  for (const [name, { object, by, draw, values }] of Object.entries(document.records ?? {})) {
    const path = ['records', name]
    const { objects } = checks.model
    checks.known(object, objects.keys(), { path: [...path, 'object'], what: 'object' })
    checks.people(by === undefined ? [] : [by], [...path, 'by'])
    checks.fields(values, { fields: objects.get(object)?.fields, path: [...path, 'values'] })
    checkDraw(document, { draw, path, checks })
  }
}

function checkCases(
  document: SimulationDocument,
  { process, checks }: { process: ProcessModel; checks: Checks },
): void {
  const { every, by, values, draw, kinds = {} } = document.cases ?? {}
  const fields = checks.model.objects.get(process.object)?.fields
  checks.people(by, ['cases', 'by'])
  checks.delay(every, ['cases', 'every'])
  checks.fields(values, { fields, path: ['cases', 'values'] })
  checkDraw(document, { draw, path: ['cases'], checks })
  for (const [name, kind] of Object.entries(kinds)) {
    const path = ['cases', 'kinds', name]
    checks.fields(kind.values, { fields, path: [...path, 'values'] })
    checkDraw(document, { draw: kind.draw, path, checks })
  }
}

function checkDraw(
  { lists = {} }: SimulationDocument,
  options: { draw: Readonly<Record<string, string>> | undefined; path: readonly string[]; checks: Checks },
): void {
  const { draw = {}, path, checks } = options
  for (const [name, list] of Object.entries(draw))
    checks.known(list, Object.keys(lists), { path: [...path, 'draw', name], what: 'list' })
}
