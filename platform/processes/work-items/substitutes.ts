/**
 * Parts of a recursive statement in which $1 is who asks and $2 when. `away`: who is away now, and who acts for them.
 * `stood_for`: the people whose work the asking person may do. Whoever stands in for a substitute who is away as well
 * stands in for both; `union` ends a circle of absences.
 */
export const away =
  `away as (select person, substitute from _absence ` +
  `where starts_at <= $2::timestamptz and ends_at > $2::timestamptz and cancelled_at is null)`

export const standingIn =
  `${away}, stood_for as (select person from away where substitute = $1::uuid ` +
  `union select a.person from away a join stood_for s on a.substitute = s.person where a.person <> $1::uuid)`
