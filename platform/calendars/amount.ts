/** An amount of working time: whole working days first, then working time in milliseconds. */
export interface WorkingAmount {
  readonly days: number
  readonly milliseconds: number
}

const parts = /^P(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?$/

/**
 * The amount of an ISO 8601 duration in days, hours, minutes and seconds: `P2D` is two working days, `PT4H` four
 * hours of working time, `P1DT4H` both. Years, months and weeks have no meaning in a working calendar.
 *
 * @throws RangeError where the text is none of these.
 */
export function parseAmount(text: string): WorkingAmount {
  const match = parts.exec(text)
  if (match === null || /[PT]$/.test(text))
    throw new RangeError(
      `"${text}" is not an amount of working time. Write days, hours, minutes and seconds, such as P2D, PT4H or P1DT4H.`,
    )
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0))
  return { days, milliseconds: ((hours * 60 + minutes) * 60 + seconds) * 1000 }
}
