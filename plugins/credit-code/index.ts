import { beforeWrite, definePlugin, refuseWrite } from '../../platform/extension/index.ts'
import { creditCode, divisionOf } from './credit-code-type.ts'

/** The fields of an account that this plugin touches, where a project declares them. */
interface AccountWithCode {
  readonly credit_code: string | null
  readonly division: string | null
}

/**
 * Knows Chinese unified social credit codes. Brings
 * - the field type `credit_code`,
 * - a hook that keeps an account's `division` in step with its `credit_code` and lets nobody blank the code again,
 * - the process action `credit_code.describe`, which sets a field to what the code says.
 */
export default definePlugin({
  name: 'credit_code',
  fieldTypes: [creditCode],
  hooks: [
    beforeWrite<AccountWithCode>('account', ({ before, values }) => {
      if (!('credit_code' in values)) return undefined
      if (before?.credit_code && !values.credit_code)
        refuseWrite('credit_code', 'cannot be removed once it is known; correct it instead')
      const division = values.credit_code ? divisionOf(values.credit_code) : null
      return 'division' in values || division !== null ? { division } : undefined
    }),
  ],
  actions: {
    describe({ values }) {
      const { code, field } = values as { code: string | null; field: string }
      return code ? { [field]: `${code} (${divisionOf(code)})` } : undefined
    },
  },
})
