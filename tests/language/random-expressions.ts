import fc from 'fast-check'
import { dates, decimals, durations, ids, instants, integers, texts } from './random-records.ts'

const kinds = [
  'bool',
  'int',
  'decimal',
  'money',
  'string',
  'date',
  'datetime',
  'zoned',
  'duration',
  'strings',
  'ints',
  'any',
] as const
type Kind = (typeof kinds)[number]

const comparisons = fc.constantFrom('==', '!=', '<', '<=', '>', '>=')

const patterns = [
  "'^a'",
  "'[a-z]+$'",
  "'^.$'",
  "'^[^a]*$'",
  "'客.'",
  String.raw`'\\d{2,3}'`,
  String.raw`'^\\s'`,
  "'.b?c*'",
  "'^$'",
]

/** Random expressions that type-check, as texts, of every type that SQL knows and with every function. */
export const expressions: fc.Arbitrary<string> = fc.letrec<Record<Kind, string>>((tie) => {
  const g = Object.fromEntries(kinds.map((kind) => [kind, tie(kind)])) as Record<Kind, fc.Arbitrary<string>>
  const grow = (leaves: fc.Arbitrary<string>[], branches: fc.Arbitrary<string>[]) =>
    fc.oneof({ maxDepth: 4, depthIdentifier: 'expression' }, fc.oneof(...leaves), ...branches)
  const form = (template: string, ...parts: fc.Arbitrary<string>[]) =>
    fc
      .tuple(...parts)
      .map((texts) => template.split('#').reduce((text, rest, index) => text + texts[index - 1]! + rest))
  const either = (kind: Kind) => [
    form('(# ? # : #)', g.bool, g[kind], g[kind]),
    form('coalesce(#, #)', g[kind], g[kind]),
  ]
  const ordered = (kind: Kind) => form('(# # #)', g[kind], comparisons, g[kind])
  const number = fc.oneof(g.int, g.decimal)
  const whole = fc.integer({ min: -3, max: 6 }).map(String)

  return {
    bool: grow(
      [
        fc.constantFrom(
          'record.won',
          'true',
          'false',
          "changed('price')",
          "changed('title')",
          "changed('whole')",
        ),
      ],
      [
        ...(['int', 'decimal', 'string', 'money', 'date', 'datetime', 'duration', 'bool'] as const).map(
          ordered,
        ),
        form('(# # #)', g.int, comparisons, g.decimal),
        form('(# # #)', g.money, comparisons, number),
        form('(# && #)', g.bool, g.bool),
        form('(# || # || #)', g.bool, g.bool, g.bool),
        form('!#', g.bool),
        form('(# == null)', g.any),
        form('(# != null)', g.any),
        form('is_blank(#)', g.any),
        form("(# == '')", g.string),
        form(
          '(record.account == #)',
          fc.constantFrom(
            'string(record.id)',
            'before.account',
            `'${ids[0]}'`,
            "'x'",
            'record.title',
            'null',
          ),
        ),
        form(
          '(record.account.owner != #)',
          fc.constantFrom('record.account.owner', `'${ids[1]}'`, 'string(record.id)'),
        ),
        form('(# in [#, #, #])', g.string, g.string, g.string, g.string),
        form('(# in [#, #])', g.int, g.int, g.decimal),
        form('(# in #)', g.string, g.strings),
        form('(# in #)', g.int, g.ints),
        form('(# in #)', g.decimal, g.ints),
        form('#.exists(x, x == #)', g.strings, g.string),
        form('#.all(x, x > # || #)', g.ints, g.int, g.bool),
        form('#.exists_one(x, size(x) > 1)', g.strings),
        form('contains(#, #)', g.string, g.string),
        form('#.startsWith(#)', g.string, g.string),
        form('#.endsWith(#)', g.string, g.string),
        form('#.matches(#)', g.string, fc.constantFrom(...patterns)),
        ...either('bool'),
      ],
    ),
    int: grow(
      [fc.constantFrom('record.whole', 'record.small', 'record.account.owner.level'), integers.map(intText)],
      [
        form('(# # #)', g.int, fc.constantFrom(...'+-*/%'), g.int),
        form('(-#)', g.int),
        form('abs(#)', g.int),
        form('min(#, #, #)', g.int, g.int, g.int),
        form('max(#, #)', g.int, g.int),
        form('int(#)', g.decimal),
        form('int(#)', g.string),
        form('size(#)', g.string),
        form('size(#)', g.strings),
        form('#[#]', g.ints, whole),
        form('days_between(#, #)', g.date, g.date),
        form('cel.bind(b, #, b + b)', g.int),
        ...['year', 'quarter', 'month', 'day', 'weekday'].map((name) =>
          form(`${name}(#)`, fc.oneof(g.date, g.zoned)),
        ),
        ...['hour', 'minute', 'second'].map((name) => form(`${name}(#)`, g.zoned)),
        ...either('int'),
      ],
    ),
    decimal: grow(
      [fc.constantFrom('record.rate', 'record.account.revenue'), decimals.map(decimalLiteral)],
      [
        form('(# # #)', g.decimal, fc.constantFrom(...'+-*/'), number),
        form('(-#)', g.decimal),
        form('round(#)', g.decimal),
        form('round(#, #)', g.decimal, whole),
        ...['floor', 'ceil', 'abs'].map((name) => form(`${name}(#)`, g.decimal)),
        form('min(#, #)', g.decimal, number),
        form('max(#, #, #)', g.decimal, number, g.int),
        form('decimal(#)', fc.oneof(g.int, g.string)),
        form('(# / #)', g.money, g.money),
        form('#.amount', g.money),
        ...['total_days', 'total_hours', 'total_minutes', 'total_seconds'].map((name) =>
          form(`${name}(#)`, g.duration),
        ),
        ...either('decimal'),
      ],
    ),
    money: grow(
      [fc.constantFrom('record.price', 'record.cost', "money(10, 'EUR')")],
      [
        form('(# + #)', g.money, g.money),
        form('(# - #)', g.money, g.money),
        form('(# * #)', g.money, number),
        form('(# * #)', number, g.money),
        form('(# / #)', g.money, number),
        form('(-#)', g.money),
        form('round(#, #)', g.money, whole),
        form('abs(#)', g.money),
        form('money(#, #)', g.decimal, fc.constantFrom("'EUR'", 'record.price.currency', "''")),
        ...either('money'),
      ],
    ),
    string: grow(
      [
        fc.constantFrom('record.title', 'record.note', 'record.account.name', 'record.account.owner.name'),
        texts.map((text) => JSON.stringify(text)),
      ],
      [
        form('(# + #)', g.string, g.string),
        form('concat(#, #, #)', g.string, g.string, g.string),
        ...['lower', 'upper', 'trim'].map((name) => form(`${name}(#)`, g.string)),
        form('replace(#, #, #)', g.string, g.string, g.string),
        form('substring(#, #)', g.string, fc.oneof(whole, g.int)),
        form('substring(#, #, #)', g.string, whole, fc.oneof(whole, g.int)),
        form(
          'string(#)',
          fc.oneof(g.int, g.decimal, g.bool, g.date, g.datetime, fc.constant('record.account')),
        ),
        form('join(#, #)', g.strings, g.string),
        form('#[#]', g.strings, whole),
        form('#.currency', g.money),
        ...either('string'),
      ],
    ),
    date: grow(
      [
        fc.constantFrom('record.closes', 'record.opened', 'record.account.owner.joined', 'today()'),
        dates.map((text) => `date('${text}')`),
      ],
      [
        form('(# + #)', g.date, g.duration),
        form('(# - #)', g.date, g.duration),
        form('date(#)', g.zoned),
        form('min(#, #)', g.date, g.date),
        form('max(#, #)', g.date, g.date),
        ...either('date'),
      ],
    ),
    datetime: grow(
      [fc.constantFrom('record.made', 'record.seen', 'now()'), instants.map((text) => `datetime('${text}')`)],
      [
        form('(# + #)', g.datetime, g.duration),
        form('(# - #)', g.datetime, g.duration),
        form('min(#, #)', g.datetime, g.datetime),
        ...either('datetime'),
      ],
    ),
    // zones agree from 1970 on, so only such datetimes are looked at through one
    zoned: fc.constantFrom(
      'now()',
      ...['made', 'seen'].map(
        (name) =>
          `(record.${name} > datetime('1971-01-01T00:00:00Z') && record.${name} < datetime('2037-01-01T00:00:00Z') ? record.${name} : null)`,
      ),
    ),
    duration: grow(
      [fc.constant('record.term'), durations.map((text) => `duration('${text}')`)],
      [
        form('(# - #)', g.date, g.date),
        form('(# - #)', g.datetime, g.datetime),
        form('(# + #)', g.duration, g.duration),
        form('(# - #)', g.duration, g.duration),
        form('(# * #)', g.duration, g.int),
        form('(-#)', g.duration),
        ...['years', 'months', 'days', 'hours', 'minutes'].map((name) => form(`${name}(#)`, g.int)),
        ...either('duration'),
      ],
    ),
    strings: grow(
      [fc.constant('record.tags')],
      [
        form('[#, #]', g.string, g.string),
        form('#.filter(x, x != #)', g.strings, g.string),
        form('#.map(x, x + #)', g.strings, g.string),
        form('#.map(x, string(x))', g.ints),
        form('(# + #)', g.strings, g.strings),
        ...either('strings'),
      ],
    ),
    ints: grow(
      [fc.constant('record.counts')],
      [
        form('[#, #, #]', g.int, g.int, g.int),
        form('#.map(x, x > 0, x + #)', g.ints, g.int),
        form('(# + #)', g.ints, g.ints),
      ],
    ),
    any: fc.oneof(
      g.bool,
      g.int,
      g.decimal,
      g.money,
      g.string,
      g.date,
      g.datetime,
      g.duration,
      g.strings,
      g.ints,
    ),
  }
}).any

function intText(value: bigint): string {
  return value < 0n ? `(${value})` : String(value)
}

function decimalLiteral(text: string): string {
  const literal = text.includes('.') ? text : `${text}.0`
  return literal.startsWith('-') ? `(${literal})` : literal
}
