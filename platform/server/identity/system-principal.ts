import type { Principal } from '../../access/principal.ts'
import type { Model } from '../../definitions/model/model.ts'

/** The product itself at work for an operator (the first administrator, demonstration data), under a declared role. */
export function systemPrincipal(model: Model): Principal {
  return {
    kind: 'process',
    userId: undefined,
    name: 'Tessera',
    email: undefined,
    roles: ['administrator'],
    team: undefined,
    manager: undefined,
    locale: model.settings.locale,
    timeZone: model.settings.timeZone,
  }
}
