import { describe, expect, it } from 'vitest'
import type { FieldModel } from '../../../definitions/model/model.ts'
import { convertChoice, convertChoices } from './choices.ts'
import type { Conversion, Notation } from './conversion.ts'
import { convertDate, convertMoment, dateOrder } from './dates.ts'
import { convertMoney } from './money.ts'
import { convertNumber, convertPercent, decimalMark } from './numbers.ts'

const notation: Notation = { decimal: '.', date: undefined, timeZone: 'Asia/Shanghai' }
const outcome = (conversion: Conversion) => ('value' in conversion ? conversion.value : conversion.fault.code)

describe('a number', () => {
  it.each([
    ['12', '12'],
    ['-0.50', '-0.50'],
    ['+7', '7'],
    ['.5', '0.5'],
    ['12.', '12'],
    ['1,234,567.89', '1234567.89'],
    ['12,34,567', '1234567'],
    ['1 234.5', '1234.5'],
    ['1\u00a0234', '1234'],
    ["1'234.5", '1234.5'],
    ['12-', '-12'],
    ['(12.50)', '-12.50'],
    ['\u221212', '-12'],
    ['１２', '12'],
    ['9007199254740993.123456789', '9007199254740993.123456789'],
    ['1,23', 'number'],
    ['1,2345', 'number'],
    ['12a', 'number'],
    ['1.2.3', 'number'],
    ['1.23E+15', 'number'],
    ['-', 'number'],
    ['.', 'number'],
    ['Infinity', 'number'],
  ])('with a decimal point: %s', (text, expected) => {
    expect(outcome(convertNumber(text, notation))).toBe(expected)
  })

  it.each([
    ['1.234.567,89', '1234567.89'],
    ['12,5', '12.5'],
    ['1.234', '1234'],
    ['1 234,5', '1234.5'],
    ['1.5', 'number'],
  ])('with a decimal comma: %s', (text, expected) => {
    expect(outcome(convertNumber(text, { decimal: ',' }))).toBe(expected)
  })

  it('may bear a percent sign where a percentage is wanted', () => {
    expect(outcome(convertPercent('12.5 %', notation))).toBe('12.5')
    expect(outcome(convertNumber('12.5 %', notation))).toBe('number')
  })

  it.each([
    [['1,5', '2'], ','],
    [['1.234,50'], ','],
    [['1.234.567'], ','],
    [['1.5', '1,234'], '.'],
    [['1,234.5'], '.'],
    [['1,234', '1.234', '12', ''], undefined],
    [['1,5', '1.5'], undefined],
  ])('shows the mark before its decimals: %j', (texts, expected) => {
    expect(decimalMark(texts)).toBe(expected)
  })
})

describe('money', () => {
  const field = (declaration = {}) =>
    ({ context: { declaration, defaultCurrency: 'USD' } }) as unknown as FieldModel
  const convert = (text: string, declaration = {}, currency?: string) =>
    outcome(convertMoney(text, field(declaration), { notation, currency }))

  it.each([
    ['1,234.50', { amount: '1234.50', currency: 'USD' }],
    ['EUR 12', { amount: '12', currency: 'EUR' }],
    ['12 eur', { amount: '12', currency: 'EUR' }],
    ['$12', { amount: '12', currency: 'USD' }],
    ['-€12.5', { amount: '-12.5', currency: 'EUR' }],
    ['($1,200)', { amount: '-1200', currency: 'USD' }],
    ['￥99', 'currency'],
    ['12 crowns', 'currency'],
    ['EUR', 'number'],
    ['EUR 1 EUR', 'currency'],
  ])('%s', (text, expected) => {
    expect(convert(text)).toEqual(expected)
  })

  it('takes a sign of several currencies for the expected one', () => {
    expect(convert('￥99', { currency: 'CNY' })).toEqual({ amount: '99', currency: 'CNY' })
    expect(convert('¥99', {}, 'JPY')).toEqual({ amount: '99', currency: 'JPY' })
    expect(convert('99', {}, 'JPY')).toEqual({ amount: '99', currency: 'JPY' })
  })
})

describe('a day', () => {
  it.each([
    ['2017-03-01', '2017-03-01'],
    ['2017/3/1', '2017-03-01'],
    ['2017.3.1', '2017-03-01'],
    ['20170301', '2017-03-01'],
    ['2017年3月1日', '2017-03-01'],
    ['1 March 2017', '2017-03-01'],
    ['01-Mar-2017', '2017-03-01'],
    ['March 1, 2017', '2017-03-01'],
    ['Sept 1st, 2017', '2017-09-01'],
    ['25/12/2017', '2017-12-25'],
    ['12/25/2017', '2017-12-25'],
    ['3/3/2017', '2017-03-03'],
    ['2017-03-01T00:00:00Z', '2017-03-01'],
    ['2017-03-01 00:00:00.000', '2017-03-01'],
    ['2017-03-01 14:30', 'date'],
    ['2017-02-29', 'date'],
    ['1/2/17', 'date'],
    ['1/2/2017', 'date'],
    ['13/13/2017', 'date'],
    ['1 Marching 2017', 'date'],
    ['42795', 'date'],
    ['soon', 'date'],
  ])('%s', (text, expected) => {
    expect(outcome(convertDate(text, notation))).toBe(expected)
  })

  it('is read in the order that is known', () => {
    expect(outcome(convertDate('1/2/2017', { ...notation, date: 'dmy' }))).toBe('2017-02-01')
    expect(outcome(convertDate('1/2/2017', { ...notation, date: 'mdy' }))).toBe('2017-01-02')
    expect(outcome(convertDate('13/2/2017', { ...notation, date: 'mdy' }))).toBe('2017-02-13')
  })

  it('shows its order by days beyond the twelfth', () => {
    expect(dateOrder(['1/2/2017', '13/2/2017'])).toBe('dmy')
    expect(dateOrder(['1/2/2017', '2/13/2017'])).toBe('mdy')
    expect(dateOrder(['1/2/2017'])).toBeUndefined()
    expect(dateOrder(['13/2/2017', '2/13/2017'])).toBeUndefined()
  })
})

describe('a moment', () => {
  it.each([
    ['2017-03-01T14:30:00Z', '2017-03-01T14:30:00.000Z'],
    ['2017-03-01T14:30:00.5+02:00', '2017-03-01T12:30:00.500Z'],
    ['2017-03-01 14:30', '2017-03-01T06:30:00.000Z'],
    ['2017年3月1日 8:05', '2017-03-01T00:05:00.000Z'],
    ['March 1, 2017 12:30 AM', '2017-02-28T16:30:00.000Z'],
    ['2017-03-01', '2017-02-28T16:00:00.000Z'],
    ['2017-03-01 25:00', 'datetime'],
    ['2017-03-01 noon', 'datetime'],
  ])('%s', (text, expected) => {
    expect(outcome(convertMoment(text, notation))).toBe(expected)
  })

  it('that clocks were put over did not exist, and one that they showed twice is the first', () => {
    const berlin = { ...notation, timeZone: 'Europe/Berlin' }
    expect(outcome(convertMoment('2017-03-26 02:30', berlin))).toBe('datetime')
    expect(outcome(convertMoment('2017-10-29 02:30', berlin))).toBe('2017-10-29T00:30:00.000Z')
  })
})

describe('a choice', () => {
  const choices = [
    { value: 'won', label: { en: 'Deal won', 'zh-CN': '赢单' } },
    { value: 'lost', label: { en: 'Lost', 'zh-CN': '丢单' } },
    { value: 'gone', label: { en: 'Lost', 'zh-CN': '流失' } },
  ]

  it.each([
    ['won', 'won'],
    [' WON ', 'won'],
    ['deal won', 'won'],
    ['赢单', 'won'],
    ['lost', 'lost'],
    ['wno', 'choice'],
  ])('by value or label: %s', (text, expected) => {
    expect(outcome(convertChoice(text, choices))).toBe(expected)
  })

  it('is refused where a label belongs to several', () => {
    const twins = choices.map((choice) => ({ ...choice, value: `_${choice.value}` }))
    expect(outcome(convertChoice('Lost', twins))).toBe('choice')
  })

  it('may be one of several in a cell', () => {
    expect(outcome(convertChoices('won; 流失', choices))).toEqual(['won', 'gone'])
    expect(outcome(convertChoices('won、lost', choices))).toEqual(['won', 'lost'])
    expect(outcome(convertChoices('won, never', choices))).toBe('choice')
  })
})
