import { fieldTypeRegistry, type FieldTypeRegistry } from '../field-types/registry.ts'
import type {
  DocumentSet,
  Model,
  ObjectModel,
  PackageModel,
  RoleModel,
  Sources,
  TenantSettings,
  ViewModel,
} from '../model/model.ts'
import { describeProblem, problemList, type Locate, type ProblemList } from '../model/problem-list.ts'
import type { Problem } from '../model/problem.ts'
import { checkDocuments } from '../validate/check-documents.ts'
import { deepFreeze, hashOf } from './canonical.ts'
import { completeDocuments, type GivenDocuments } from './complete-documents.ts'
import { checkIndexes } from './check-indexes.ts'
import { linkCalendars } from './link-calendars.ts'
import { linkChoiceSets } from './choices.ts'
import { linkDependencies } from './dependencies.ts'
import { draftObject } from './draft-object.ts'
import { checkLifecycle } from './lifecycle.ts'
import { linkApp } from './link-app.ts'
import { linkConnection } from './link-connection.ts'
import { linkTerritory } from './link-hierarchy.ts'
import { linkObject } from './link-object.ts'
import { linkPages } from './link-page.ts'
import { linkRole } from './link-role.ts'
import { linkSequence } from './link-sequence.ts'
import { linkView } from './link-view.ts'
import type { Draft, Linkage, ProcessOutline } from './linkage.ts'
import { inOrder } from './order.ts'
import { draftProcess, stateChoices, type ProcessDraft } from './process/draft-process.ts'
import { linkProcessDraft } from './process/link-process.ts'
import { sentEvents } from './sent-events.ts'
import { linkQueues } from './queue/link-queues.ts'
import { linkTriggers } from './trigger/link-triggers.ts'
import { linkServiceLevels } from './service-level/link-service-levels.ts'
import type { PluginVocabulary } from './plugin-vocabulary.ts'
import { checkTables } from './tables.ts'

export interface ModelSource {
  /** Merged documents by kind and name; what the platform itself declares is added where it is missing. */
  readonly documents: GivenDocuments
  readonly settings?: Partial<TenantSettings>
  readonly packages?: readonly PackageModel[]
  readonly plugins?: PluginVocabulary
  readonly sources?: Sources
  /** Where the values come from, for the places of problems. */
  readonly locate?: Locate
  /** false: check the documents one by one and build nothing, where some could not be read. */
  readonly isLinked?: boolean
}

export type ModelResult = {
  /** Present where there is no error. */
  readonly model?: Model
  /** Errors, and warnings also beside a model. */
  readonly problems: readonly Problem[]
}

const defaultSettings: TenantSettings = { currency: 'USD', timeZone: 'UTC', locale: 'en' }

/**
 * Checks, links and compiles merged documents into one frozen Model. Phases, in order: schemas; names that others
 * refer to (roles, choice sets, sequences, states); objects and events drafted, so that every field has a type;
 * expressions and references; what depends on other computed values; roles, views, pages, apps; machines.
 * The same documents give the same Model, with the same hash. The Model keeps the documents, so they are frozen, too.
 */
export function buildModel({
  documents: given,
  settings: some = {},
  packages = [],
  plugins = {},
  sources = {},
  locate,
  isLinked = true,
}: ModelSource): ModelResult {
  const settings = { ...defaultSettings, ...some }
  const documents = completeDocuments(given)
  const registry = fieldTypeRegistry(plugins.fieldTypes)
  const problems = problemList(locate)
  checkDocuments(documents, { registry, problems })
  // Documents of the wrong shape cannot be linked; what else is wrong shows when they are mended.
  if (problems.hasErrors() || !isLinked) return { problems: problems.problems }
  const model = link({ documents, settings, packages, plugins, sources, registry, problems })
  if (problems.hasErrors()) return { problems: problems.problems }
  return { model: deepFreeze(model), problems: problems.problems }
}

/** A Model from plain documents, which stay as they are; for tests. @throws with every problem, one a line */
export function modelFromDocuments(documents: GivenDocuments, settings?: Partial<TenantSettings>): Model {
  const { model, problems } = buildModel({
    documents: structuredClone(documents),
    ...(settings === undefined ? {} : { settings }),
  })
  if (model === undefined) throw new Error(problems.map(describeProblem).join('\n'))
  return model
}

interface Source {
  readonly documents: DocumentSet
  readonly settings: TenantSettings
  readonly packages: readonly PackageModel[]
  readonly plugins: PluginVocabulary
  readonly sources: Sources
  readonly registry: FieldTypeRegistry
  readonly problems: ProblemList
}

function link({ documents, settings, packages, plugins, sources, registry, problems }: Source): Model {
  const objects = new Map<string, Draft<ObjectModel>>()
  const processes = new Map<string, ProcessDraft>()
  const linkage: Linkage = {
    settings,
    documents,
    registry,
    problems,
    pluginActions: new Set(plugins.actions),
    roles: new Set(Object.keys(documents.role)),
    choiceSets: linkChoiceSets(documents.choice_set, documents.role),
    sequences: mapOf(documents.sequence, (name, document) => linkSequence(problems, name, document)),
    connections: mapOf(documents.connection, (name, document) => linkConnection(problems, name, document)),
    objects,
    sentEvents: sentEvents([
      ...Object.values(documents.process),
      ...Object.values(documents.service_level),
      ...Object.values(documents.trigger),
    ]),
    processes: processes as ReadonlyMap<string, ProcessOutline>,
  }
  for (const [name, document] of Object.entries(documents.object)) {
    const process = documents.process[document.lifecycle as string]
    objects.set(name, draftObject(linkage, { name, document, states: process && stateChoices(process) }))
  }
  for (const [name, document] of Object.entries(documents.process))
    processes.set(name, draftProcess(linkage, name, document))
  for (const object of objects.values()) {
    const document = documents.object[object.name] as Readonly<Record<string, unknown>>
    object.lifecycle = checkLifecycle(linkage, {
      object,
      lifecycle: document.lifecycle as string | undefined,
    })
    linkObject(linkage, { object, document })
  }
  for (const object of objects.values())
    object.territory = linkTerritory(linkage, {
      at: { kind: 'object', name: object.name, path: [] },
      object,
      document: documents.object[object.name] as Readonly<Record<string, unknown>>,
    })
  checkTables(linkage)
  checkIndexes(linkage)
  linkDependencies(linkage)
  const calendars = linkCalendars(problems, documents.calendar)
  const views = definedOnly(
    mapOf(ordered(documents.view), (name, document) => linkView(linkage, name, document)),
  )
  return {
    hash: hashOf({ settings, documents }),
    settings,
    packages,
    plugins,
    documents,
    sources,
    objects,
    choiceSets: linkage.choiceSets,
    roles: mapOf(documents.role, (name, document): RoleModel => linkRole(linkage, name, document)),
    views: views as ReadonlyMap<string, ViewModel>,
    pages: linkPages(linkage, documents.page),
    apps: mapOf(ordered(documents.app), (name, document) => linkApp(linkage, { name, document, views })),
    sequences: linkage.sequences,
    calendars,
    connections: linkage.connections,
    queues: linkQueues(linkage),
    processes: new Map([...processes].map(([name, draft]) => [name, linkProcessDraft(linkage, draft)])),
    serviceLevels: linkServiceLevels(linkage, calendars),
    ...linkTriggers(linkage, calendars),
  }
}

type Documents = Readonly<Record<string, Readonly<Record<string, unknown>>>>

function ordered(documents: Documents): Documents {
  return Object.fromEntries(inOrder(documents as Record<string, { order?: number }>)) as Documents
}

function mapOf<T>(
  documents: Documents,
  make: (name: string, document: Readonly<Record<string, unknown>>) => T,
): Map<string, T> {
  return new Map(Object.entries(documents).map(([name, document]) => [name, make(name, document)]))
}

function definedOnly<T>(map: ReadonlyMap<string, T | undefined>): Map<string, T> {
  return new Map([...map].filter((entry): entry is [string, T] => entry[1] !== undefined))
}
