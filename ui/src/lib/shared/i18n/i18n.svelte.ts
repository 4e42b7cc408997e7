import { IntlMessageFormat } from 'intl-messageformat'
import type { Locale, LocalText } from '../api/types.ts'
import type en from './en.json'

export type MessageKey = keyof typeof en
export type MessageValues = Readonly<Record<string, string | number | boolean | Date | null | undefined>>
/** The build has read messages with placeholders already; elsewhere they are texts. */
type Message = ConstructorParameters<typeof IntlMessageFormat>[0]
type Catalogue = Readonly<Record<string, Message>>

const catalogues: Readonly<Record<Locale, () => Promise<{ default: Catalogue }>>> = {
  en: () => import('./en.json'),
  'zh-CN': () => import('./zh-CN.json'),
}

/** The language of the interface: its texts, and the person's time zone. Read by every component through `t`. */
class I18n {
  locale = $state<Locale>('en')
  timeZone = $state<string | undefined>(undefined)
  #messages = $state.raw<Catalogue>({})
  #compiled = new Map<string, IntlMessageFormat>()

  /** Loads the catalogue of a locale and switches to it; the choice is kept for the next visit. */
  async use(locale: Locale): Promise<void> {
    const { default: messages } = await catalogues[locale]()
    this.#compiled.clear()
    this.#messages = messages
    this.locale = locale
    document.documentElement.lang = locale
    try {
      localStorage.setItem('tessera.locale', locale)
    } catch {
      // Without storage the choice lasts as long as the page.
    }
  }

  /** A text of the interface. A message with placeholders is compiled when it is first shown. */
  message(key: MessageKey, values?: MessageValues): string {
    const text = this.#messages[key] ?? key
    if (typeof text === 'string' && !text.includes('{')) return text
    let compiled = this.#compiled.get(key)
    if (compiled === undefined) {
      compiled = new IntlMessageFormat(text, this.locale)
      this.#compiled.set(key, compiled)
    }
    return String(compiled.format(values))
  }

  has(key: string): boolean {
    return key in this.#messages
  }

  /** A text of the declarations in the person's language, else English, else any. */
  local(text: LocalText | null | undefined): string {
    if (text === null || text === undefined) return ''
    if (typeof text === 'string') return text
    return text[this.locale] ?? text.en ?? Object.values(text)[0] ?? ''
  }
}

export const i18n = new I18n()

export function t(key: MessageKey, values?: MessageValues): string {
  return i18n.message(key, values)
}

export function local(text: LocalText | null | undefined): string {
  return i18n.local(text)
}

/** The locale to begin with: the last choice on this device, else the browser's. */
export function initialLocale(): Locale {
  return document.documentElement.lang.startsWith('zh') ? 'zh-CN' : 'en'
}
