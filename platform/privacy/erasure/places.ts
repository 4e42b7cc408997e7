/** Where else something of a person is found. Statements get `$1` the object, `$2` its records, `$3` texts of theirs. */
export interface Place {
  readonly name: string
  /** Gives `count`. */
  readonly count: string
  /** Statements that erase it; none for what is kept. */
  readonly erase: readonly string[]
}

const ofRecord = 'object = $1::text and record = any($2::uuid[])'
const mentions = (text: string) =>
  `exists (select 1 from unnest($3::text[]) mentioned where position(mentioned in ${text}) > 0)`
const mail = `(${ofRecord} or kind = 'email' and (payload -> 'to' ?| $3::text[] or payload -> 'cc' ?| $3::text[]))`
const importRow = `import in (select id from _import where object = $1::text)
  and (record = any($2::uuid[]) or record is null and ${mentions('source::text')})`
const importFile = `id in (select i.file from _import i join _import_row r on r.import = i.id
  where i.object = $1::text and r.record = any($2::uuid[]) and i.status not in ('queued', 'running'))`
const nobody = `jsonb_build_object('erased', true)`

/** What approvers wrote, wherever it stands in the course of an approval. */
const withoutComments = String.raw`regexp_replace(course::text, '"comment": "(\\.|[^"\\])*"', '"comment": null', 'g')::jsonb`

/** Texts of a person in a text of somebody else, replaced one after the other. */
const withoutTexts = (column: string) =>
  `(select coalesce((array_agg(x.text order by x.depth desc))[1], ${column}::text)::jsonb from (
     with recursive r(depth, text) as (select 0, ${column}::text union all
       select depth + 1, replace(text, trim(both '"' from to_json(($3::text[])[depth + 1])::text), '…') from r
       where depth < coalesce(array_length($3::text[], 1), 0))
     select depth, text from r) x)`

export const places: readonly Place[] = [
  {
    name: 'notifications',
    count: `select count(*)::int as count from _notification where ${ofRecord}`,
    erase: [`delete from _notification where ${ofRecord}`],
  },
  {
    name: 'attachments',
    count: `select count(*)::int as count from _attachment where ${ofRecord}`,
    erase: [`delete from _attachment where ${ofRecord}`],
  },
  {
    name: 'work',
    count: `select count(*)::int as count from _work_item where ${ofRecord}
      and (result is not null or ${mentions('title::text')})`,
    erase: [`update _work_item set result = null, title = ${withoutTexts('title')} where ${ofRecord}`],
  },
  {
    name: 'approvals',
    count: `select count(*)::int as count from _approval where ${ofRecord}
      and (${mentions('title::text')} or course::text ~ '"comment": "')`,
    erase: [
      `update _approval set title = ${withoutTexts('title')}, course = ${withoutComments} where ${ofRecord}`,
    ],
  },
  {
    name: 'invocations',
    count: `select count(*)::int as count from _invocation where status not in ('open', 'ended')
      and instance in (select id from _instance where ${ofRecord}) and (input is not null or result is not null)`,
    erase: [
      `update _invocation set input = null, result = null where status not in ('open', 'ended')
       and instance in (select id from _instance where ${ofRecord})`,
    ],
  },
  {
    name: 'messages',
    count: `select count(*)::int as count from _effect where ${mail}`,
    erase: [
      `update _effect set payload = case kind when 'email'
           then jsonb_build_object('to', jsonb_build_array(), 'cc', jsonb_build_array(), 'subject', '', 'text', '') || ${nobody}
           else jsonb_build_object('connection', connection, 'method', payload ->> 'method', 'path', '', 'body', null) || ${nobody} end,
         answer = null, last_error = null,
         status = case when status in ('waiting', 'failed') then 'cancelled' else status end
       where ${mail}`,
    ],
  },
  {
    name: 'triggers',
    count: `select count(*)::int as count from _trigger_run where ${ofRecord} and seen <> '{}'`,
    erase: [
      `update _trigger_run set seen = '{}', last_error = null,
         status = case when status = 'pending' then 'void' else status end
       where ${ofRecord} and seen <> '{}'`,
    ],
  },
  {
    name: 'import_files',
    count: `select count(*)::int as count from _import_file where ${importFile}`,
    erase: [`delete from _import_file where ${importFile}`],
  },
  {
    name: 'import_rows',
    count: `select count(*)::int as count from _import_row where ${importRow} and source <> '{}'`,
    erase: [`update _import_row set source = '{}', problems = '[]' where ${importRow}`],
  },
  {
    name: 'running_processes',
    count: `select count(*)::int as count from _instance where ${ofRecord} and status = 'active'`,
    erase: [],
  },
  {
    name: 'audit_log',
    count: `select count(*)::int as count from _audit where ${ofRecord}`,
    erase: [],
  },
]

/** Places of which the report says that they are kept. */
export const keptPlaces: ReadonlySet<string> = new Set(['running_processes', 'audit_log'])
