import { describeType } from '../../../language/index.ts'
import type { ExprType } from '../../../language/types.ts'
import { inside, type Address } from '../../model/problem-list.ts'
import { suggest } from '../../nearest.ts'
import { isAssignable } from '../compile.ts'
import { userType } from '../scope.ts'
import { linkExpression } from './link-values.ts'
import type { MachineLink, Variables } from './step-scope.ts'

interface Site {
  readonly params: Readonly<Record<string, unknown>>
  readonly at: Address
  readonly variables: Variables
}

type Expressions = Readonly<Record<string, string>>

/** What a request says, with the numbers of its expressions. The connection must admit it, and each name of the path have a value. */
export function linkRequest(link: MachineLink, { params, at, variables }: Site): Record<string, unknown> {
  checkConnection(link, params, at)
  checkPath(link, params, at)
  const numbered = (key: string) => {
    const declared = Object.entries((params[key] ?? {}) as Expressions)
    return Object.fromEntries(
      declared.map(([name, text]) => [
        name,
        linkExpression(link, { at: inside(at, key, name), text, variables }),
      ]),
    )
  }
  return {
    path_values: numbered('path_values'),
    query: numbered('query'),
    ...(params.body === undefined ? {} : { body: numbered('body') }),
  }
}

function checkConnection({ linkage }: MachineLink, params: Site['params'], at: Address): void {
  const name = params.connection as string
  const method = params.method as string
  const connection = linkage.connections.get(name)
  if (connection === undefined)
    linkage.problems.error({
      at: inside(at, 'connection'),
      code: 'unknown_connection',
      message: `There is no connection "${name}".`,
      remedy: suggest(name, linkage.connections.keys(), 'Known connections'),
    })
  else if (!connection.methods.has(method))
    linkage.problems.error({
      at: inside(at, 'method'),
      code: 'method',
      message: `The connection "${name}" does not admit ${method}.`,
      remedy: `It admits ${[...connection.methods].join(', ')}.`,
    })
  if (params.body !== undefined && (method === 'GET' || method === 'DELETE'))
    linkage.problems.error({
      at: { ...inside(at, 'body'), isKey: true },
      code: 'method',
      message: `A request with the method ${method} has no body.`,
      remedy: 'Use "query", or another method.',
    })
}

function checkPath({ linkage }: MachineLink, params: Site['params'], at: Address): void {
  const path = params.path as string
  const names = new Set([...path.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name as string))
  const given = Object.keys((params.path_values ?? {}) as Expressions)
  const problem = (place: Address, message: string, remedy: string) =>
    linkage.problems.error({ at: place, code: 'path', message, remedy })
  for (const name of names)
    if (!given.includes(name))
      problem(
        inside(at, 'path'),
        `The path has "{${name}}", but there is no value for it.`,
        `Add "${name}" to "path_values".`,
      )
  for (const name of given)
    if (!names.has(name))
      problem(
        { ...inside(at, 'path_values', name), isKey: true },
        `The path has no "{${name}}".`,
        suggest(name, names, 'It has'),
      )
  const [, first = ''] = /^(\/)?/.exec(path) ?? []
  if (first !== '' || path.split('/').some((part) => part === '.' || part === '..'))
    problem(
      inside(at, 'path'),
      `"${path}" does not lie below the address of the connection.`,
      'Write it without a slash in front, "." and "..".',
    )
}

/** Whom an e-mail is for, and what it says, with the numbers of its expressions. */
export function linkEmail(link: MachineLink, { params, at, variables }: Site): Record<string, unknown> {
  const text = (key: string) =>
    linkExpression(link, {
      at: inside(at, key),
      text: params[key] as string,
      variables,
      to: { kind: 'string' },
    })
  if (params.purpose === 'marketing') checkConsent(link, inside(at, 'purpose'))
  const people = (key: string) => {
    const number = linkExpression(link, { at: inside(at, key), text: params[key] as string, variables })
    const type = link.expressions[number]?.type
    if (type !== undefined && !isRecipient(type))
      link.linkage.problems.error({
        at: inside(at, key),
        code: 'expression_type',
        message: `The expression gives ${describeType(type)}; a person or an address (or a list of them) is needed here.`,
        remedy: 'Name a field of type user or email, such as `record.owner`.',
      })
    return number
  }
  return {
    to: people('to'),
    ...(params.cc === undefined ? {} : { cc: people('cc') }),
    subject: text('subject'),
    text: text('text'),
  }
}

/** Nobody is written to for marketing whose consent is not asked. */
function checkConsent({ linkage, process }: MachineLink, at: Address): void {
  const { consent } = (linkage.documents.object[process.object] ?? {}) as { consent?: { email?: object } }
  if (consent?.email !== undefined) return
  linkage.problems.error({
    at,
    code: 'consent',
    message: `"${process.object}" does not say whether a person agrees to marketing mails.`,
    remedy: 'Add "consent" with "email" to the object, or remove "purpose" where it is no marketing.',
  })
}

function isRecipient(type: ExprType): boolean {
  const one: readonly ExprType[] = [userType, { kind: 'string' }]
  if (type.kind === 'list') return one.some((each) => isAssignable(type.of, each))
  return one.some((each) => isAssignable(type, each))
}
