/** How people write the same thing differently at the end or beginning of a column's name. */
const same: ReadonlyMap<string, string> = new Map(
  Object.entries({
    on: 'date',
    at: 'date',
    time: 'date',
    day: 'date',
    日期: 'date',
    时间: 'date',
    no: 'id',
    nr: 'id',
    num: 'id',
    number: 'id',
    code: 'id',
    编号: 'id',
    号码: 'id',
    mail: 'email',
    'e-mail': 'email',
    tel: 'phone',
    telephone: 'phone',
  }),
)

/** How alike two names are, from 0 to 1; `ignored` words, such as the name of the object, say nothing. */
export function similarity(left: string, right: string, ignored: ReadonlySet<string> = new Set()): number {
  if (plain(left) === plain(right)) return 1
  const a = words(left).filter((word) => !ignored.has(word))
  const b = words(right).filter((word) => !ignored.has(word))
  if (a.length === 0 || b.length === 0) return 0
  const common = a.filter((word) => b.some((other) => isAlike(word, other))).length
  return (0.9 * 2 * common) / (a.length + b.length)
}

export function plain(name: string): string {
  return words(name).join(' ')
}

function words(name: string): string[] {
  const split = name
    .normalize('NFKC')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replace(/e-mail/g, 'email')
    .match(/\p{Script=Han}+|[\p{L}\p{N}]+/gu)
  return (split ?? []).map((word) => same.get(word) ?? word)
}

/** The same word, or one that begins like the other: engage, engaged. */
function isAlike(left: string, right: string): boolean {
  if (left === right) return true
  const [short, long] = left.length < right.length ? [left, right] : [right, left]
  return short.length >= 4 && long.startsWith(short) && long.length - short.length <= 3
}
