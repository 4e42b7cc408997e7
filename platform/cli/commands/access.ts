import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { accessMatrix, matrixText } from '../../access/matrix.ts'
import { TesseraError } from '../../access/errors.ts'
import { unlimitedRights } from '../../access/rights.ts'
import { createModelStore, type ModelStore } from '../../publishing/index.ts'
import { explainEvent } from '../../processes/index.ts'
import { explainAccess, readingWork, type AccessQuestion, type Explanation } from '../../records/index.ts'
import { readPerson } from '../../server/identity/principals.ts'
import { UsageError, type Command, type ExitCode, type Invocation } from '../command.ts'
import { oneTenant, readProject } from '../declared-project.ts'
import { tenantOptions, tenantOptionsHelp, withDatabase, type TenantWork } from '../with-database.ts'

export const command: Command = {
  usage: 'tessera access matrix|explain [--project FOLDER] [--tenant NAME] ...',
  description: [
    'Who may do what, and why.',
    '',
    'matrix   prints the role × object × right matrix of the declarations as Markdown. Keep it in a file beside them:',
    '         what a change grants or takes shows in its diff.',
    'explain  says why a person may or may not do something, level by level, with the declarations that decide it.',
    '         Ends with 1 where it is not allowed.',
    '',
    tenantOptionsHelp,
    '  --write FILE       matrix: writes it to a file',
    '  --check FILE       matrix: ends with 1 where the file is not the matrix',
    '  --person E-MAIL    explain: who',
    '  --action ACTION    explain: create, read (default), update or delete',
    '  --object NAME      explain: of which object',
    '  --record ID        explain: one record of it',
    '  --field NAME       explain: one field',
    '  --event NAME       explain: an event of the process of the record, instead of an action',
  ].join('\n'),
  options: {
    ...tenantOptions,
    write: { type: 'string' },
    check: { type: 'string' },
    person: { type: 'string' },
    action: { type: 'string', default: 'read' },
    object: { type: 'string' },
    record: { type: 'string' },
    field: { type: 'string' },
    event: { type: 'string' },
  },
  positionals: ['ACT'],
  run: (invocation) => {
    const [act] = invocation.positionals
    if (act === 'matrix') return matrix(invocation)
    if (act === 'explain') return withDatabase(invocation, (work) => explain(invocation, work))
    throw new UsageError('Say what to do: access matrix or access explain.')
  },
}

async function matrix({ options, print }: Invocation): Promise<ExitCode> {
  const declared = await readProject(options)
  const { model, problems } = declared.load(oneTenant(declared, options.tenant))
  if (model === undefined)
    throw new Error(`The declarations have faults; \`tessera check\` lists them: ${problems[0]?.message}`)
  const found = accessMatrix(model)
  const text = matrixText(found)
  if (typeof options.write === 'string') {
    writeFileSync(options.write, text)
    print(`Wrote ${options.write}.`)
    return 0
  }
  if (typeof options.check === 'string') {
    const isSame = existsSync(options.check) && readFileSync(options.check, 'utf8') === text
    if (!isSame)
      print(`${options.check} is not the matrix of these declarations; write it anew with --write.`)
    return isSame ? 0 : 1
  }
  print(options.json === true ? JSON.stringify(found, null, 2) : text.trimEnd())
  return 0
}

async function explain({ options, print }: Invocation, work: TenantWork): Promise<ExitCode> {
  const { database, plugins } = work
  const [email, object] = [textOf(options.person), textOf(options.object)]
  if (email === undefined || object === undefined)
    throw new UsageError('Say who and of which object: --person E-MAIL --object NAME.')
  const models = await createModelStore(database, plugins)
  try {
    return await explainWith({ options, print }, { ...work, models, email, object })
  } finally {
    await models.close()
  }
}

async function explainWith(
  { options, print }: Pick<Invocation, 'options' | 'print'>,
  {
    database,
    tenant,
    models,
    email,
    object,
  }: TenantWork & { models: ModelStore; email: string; object: string },
): Promise<ExitCode> {
  const text = (name: string) => textOf(options[name])
  const model = await models.current(tenant)
  const pool = await database.tenant(tenant)
  const now = new Date()
  const [row] = await pool<{ id: string }[]>`
    select id from "user" where lower(email) = lower(${email}) and deleted_at is null`
  const principal = row && (await readPerson({ database, models, tenant, member: row.id, now }))
  if (principal === undefined)
    throw new TesseraError(
      'not_found',
      `There is no active person with the e-mail "${email}" in "${tenant}".`,
    )
  const unit = readingWork({ tenant, model, principal, now, pool, ports: {} })
  // Whoever runs the command sees all declarations.
  const reader = { model, rights: unlimitedRights }
  const [record, field, event] = [text('record'), text('field'), text('event')]
  const question = {
    object,
    action: actionOf(text('action')),
    ...(record === undefined ? {} : { record }),
    ...(field === undefined ? {} : { field }),
  }
  if (event !== undefined && record === undefined)
    throw new UsageError('An event is sent to a record: say to which with --record ID.')
  const explanation =
    event === undefined
      ? await explainAccess(unit, question, { reader })
      : await explainEvent(unit, { object, record: record as string, event }, { reader })
  if (options.json === true) print(JSON.stringify(explanation, null, 2))
  else linesOf(explanation).forEach(print)
  return explanation.allows ? 0 : 1
}

function textOf(given: Invocation['options'][string]): string | undefined {
  return typeof given === 'string' ? given : undefined
}

function actionOf(given: string | undefined): AccessQuestion['action'] {
  if (given === 'create' || given === 'read' || given === 'update' || given === 'delete') return given
  throw new UsageError(`--action: "${given}" is none of create, read, update, delete.`)
}

function linesOf({ allows, decided_by: decidedBy, roles, levels }: Explanation): string[] {
  const verdict = allows ? 'Allowed' : `Not allowed: decided by the level "${decidedBy}"`
  return [
    `${verdict} (roles: ${roles.join(', ') || 'none'}).`,
    ...levels.flatMap(({ level, action, allows: isOpen, grounds, reason }) => [
      `  ${isOpen ? 'yes' : 'no '} ${level} (${action})${reason === undefined ? '' : `: ${reason}`}`,
      ...grounds.map(({ kind, allows: isGround, declared, share }) => {
        const said = declared?.says === undefined ? 'says nothing' : `says ${declared.says}`
        const place =
          declared &&
          `${declared.pointer} ${said}${declared.files.length > 0 ? ` (${declared.files.join(', ')})` : ''}`
        const shared = share && `shared with ${share.with} by ${share.by ?? 'somebody'}: ${share.reason}`
        return `        ${isGround ? 'yes' : 'no '} ${place ?? shared ?? (kind === 'share' ? 'not shared by hand' : kind)}`
      }),
    ]),
  ]
}
