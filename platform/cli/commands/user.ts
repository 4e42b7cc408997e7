import { loadPlugins } from '../../extension/load-plugins.ts'
import { pluginHost } from '../../extension/plugin-host.ts'
import { createModelStore } from '../../publishing/index.ts'
import { randomPassword } from '../../server/identity/accounts.ts'
import {
  addPerson,
  listPeople,
  resetPersonFactor,
  setPersonPassword,
  type OperatedTenant,
} from '../../server/identity/operator.ts'
import { signInSettingsFrom } from '../../server/identity/sign-in-settings.ts'
import { UsageError, type Command, type ExitCode, type Invocation } from '../command.ts'
import { tenantOptions, tenantOptionsHelp, withDatabase } from '../with-database.ts'

export const command: Command = {
  usage:
    'tessera user add|list|set-password|reset-second-factor [--email ADDRESS] [--name NAME] [--roles A,B] [--password PASSWORD]',
  description: [
    'Manages who may sign in to a tenant.',
    '',
    '  add            adds a person, or gives one the roles; prints a random password where there is none yet',
    '  list           lists the people',
    '  set-password   sets a password and ends the sessions of the person',
    '  reset-second-factor  takes the second factor of a person away who has lost it, and ends the sessions',
    '',
    tenantOptionsHelp,
    '  --email ADDRESS      whom it is about',
    '  --name NAME          add: the name (the address if not said)',
    '  --roles A,B          add: the roles, separated by commas',
    '  --password PASSWORD  the password; better give it in TESSERA_PASSWORD, which other users of the machine do not',
    '                       see. A random one is printed without either.',
  ].join('\n'),
  positionals: ['ACTION'],
  options: {
    ...tenantOptions,
    email: { type: 'string' },
    name: { type: 'string' },
    roles: { type: 'string' },
    password: { type: 'string' },
  },
  run(invocation) {
    const [name = ''] = invocation.positionals
    const action = actions[name]
    if (action === undefined)
      throw new UsageError(`Say what to do: tessera user ${Object.keys(actions).join('|')}`)
    return withDatabase(invocation, async ({ database, folder, tenant }) => {
      const { vocabulary } = pluginHost(await loadPlugins(folder))
      const models = await createModelStore(database, vocabulary)
      try {
        return await action({ database, model: await models.current(tenant), tenant }, invocation)
      } finally {
        await models.close()
      }
    })
  },
}

type Action = (operated: OperatedTenant, invocation: Invocation) => Promise<ExitCode>

const actions: Readonly<Record<string, Action>> = {
  async add(operated, invocation) {
    const { options, print } = invocation
    const email = emailOf(invocation)
    const roles = String(options.roles ?? '')
      .split(',')
      .map((role) => role.trim())
      .filter((role) => role !== '')
    const name = typeof options.name === 'string' ? options.name : email
    const added = await addPerson(operated, { email, name, roles })
    print(
      `${email} ${added.isNew ? 'was added' : 'was there already'}, with the roles: ${roles.join(', ') || 'none'}.`,
    )
    if (!added.hasPassword || givenPassword(invocation) !== undefined)
      await renewPassword(operated, invocation)
    return 0
  },
  async list(operated, { options, print }) {
    const people = await listPeople(operated)
    if (options.json === true) print(JSON.stringify(people, null, 2))
    else
      for (const { name, email, roles, isActive, canSignIn } of people) {
        const state = !isActive ? 'not active' : canSignIn ? 'can sign in' : 'has no password'
        print(`${email}  ${name}  [${roles.join(', ')}]  ${state}`)
      }
    return 0
  },
  async 'set-password'(operated, invocation) {
    await renewPassword(operated, invocation)
    return 0
  },
  async 'reset-second-factor'(operated, invocation) {
    const email = emailOf(invocation)
    const had = await resetPersonFactor(operated, email)
    invocation.print(
      had ? `The second factor of ${email} is gone; sessions have ended.` : `${email} had no second factor.`,
    )
    return 0
  },
}

async function renewPassword(operated: OperatedTenant, invocation: Invocation): Promise<void> {
  const given = givenPassword(invocation)
  const password = given ?? randomPassword()
  const email = emailOf(invocation)
  const { shortestPassword: shortest } = signInSettingsFrom(invocation.environment)
  await setPersonPassword(operated, { email, password, shortest })
  invocation.print(
    given === undefined ? `The password of ${email} is ${password}` : `The password of ${email} is set.`,
  )
}

function givenPassword({ options, environment }: Invocation): string | undefined {
  return typeof options.password === 'string' ? options.password : environment.TESSERA_PASSWORD || undefined
}

function emailOf({ options }: Invocation): string {
  if (typeof options.email === 'string' && options.email !== '') return options.email
  throw new UsageError('Say whom it is about with --email ADDRESS.')
}
