import { expect, it } from 'vitest'
import { Corrections } from './corrections.svelte.ts'

const unknown = (text: string, column = 'product') => ({ column, field: column, text, rows: 3 })

it('keeps what was corrected in sight when it is recognised, and drops what turned out right by itself', () => {
  const corrections = new Corrections()
  corrections.take([unknown('GTXPro'), unknown('Acme', 'account')])
  corrections.say(unknown('GTXPro'), 'GTX Pro')
  expect(corrections.isChanged).toBe(true)
  corrections.take([])
  expect(corrections.met).toEqual([unknown('GTXPro')])
  expect(corrections.isChanged).toBe(false)
  expect(corrections.ofColumn('product')).toEqual({ GTXPro: 'GTX Pro' })
  expect(corrections.ofColumn('account')).toBeUndefined()
})

it('takes a correction back', () => {
  const corrections = new Corrections()
  corrections.say(unknown('GTXPro'), 'GTX Pro')
  corrections.say(unknown('GTXPro'), undefined)
  expect(corrections.ofColumn('product')).toBeUndefined()
})

it('forgets the corrections of a column that fills another field', () => {
  const corrections = new Corrections()
  corrections.take([unknown('GTXPro'), unknown('technolgy', 'sector')])
  corrections.say(unknown('GTXPro'), 'GTX Pro')
  corrections.say(unknown('technolgy', 'sector'), 'technology')
  corrections.forget('product')
  expect(corrections.met).toEqual([unknown('technolgy', 'sector')])
  expect(corrections.ofColumn('product')).toBeUndefined()
  expect(corrections.ofColumn('sector')).toEqual({ technolgy: 'technology' })
})
