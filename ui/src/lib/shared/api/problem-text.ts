import { i18n, local, t, type MessageKey } from '../i18n/i18n.svelte.ts'
import type { ApiProblem } from './problem.ts'
import type { Fault } from './types.ts'

/** What happened, in a few words. */
export function problemTitle(problem: ApiProblem): string {
  return message(`problem.${codeOf(problem)}.title`) ?? problem.message
}

/**
 * What helps. The server says it in English alone, except where a declaration or a process gives the words; other
 * languages have a text for each kind of problem.
 */
export function problemText(problem: ApiProblem): string | undefined {
  const code = codeOf(problem)
  if (code === 'server' && problem.requestId !== undefined)
    return t('problem.server.text_with_number', { number: problem.requestId })
  const own = message(`problem.${code}.text`)
  if (own !== undefined && saysLittle.has(code)) return own
  return isInLanguage(problem.detail) ? problem.detail : (own ?? problem.detail)
}

/**
 * What is wrong with a value: in the words of the server, or by its code where those are in another language.
 * @param name of what has the fault, where it does not stand beside the text
 */
export function faultText(fault: Fault, name?: string): string {
  const said = local(fault.message)
  const text = isInLanguage(said) ? said : (message(`fault.${fault.code}`) ?? said)
  if (name !== undefined) return `${name}: ${text}`
  // The server's words follow the name of a field; alone they are a sentence.
  return /^\p{Ll}/u.test(text) ? sentence(text) : text
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`
}

/** Problems of which the server tells no more than their title does. */
const saysLittle = new Set(['offline', 'not_found', 'server', 'busy', 'rate_limited'])

function codeOf({ code, status }: ApiProblem): string {
  if (code === 'unavailable' && status === 503) return 'busy'
  return status >= 500 ? 'server' : code
}

function isInLanguage(text: string | undefined): text is string {
  return text !== undefined && (i18n.locale === 'en' || /\p{Script=Han}/u.test(text))
}

function message(key: string): string | undefined {
  return i18n.has(key) ? t(key as MessageKey) : undefined
}
