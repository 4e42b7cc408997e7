import { expect, it } from 'vitest'
import { checkHost, isReachable } from './addresses.ts'

const reach = (address: string, hasPrivate = false) => isReachable(address, { hasPrivate })

it.each(['8.8.8.8', '2606:4700::1111', '172.32.0.1', '192.169.0.1'])('%s is everybody’s', (address) => {
  expect(reach(address)).toBe(true)
})

it.each([
  '10.1.2.3',
  '127.0.0.1',
  '172.16.0.1',
  '192.168.1.1',
  '100.64.0.1',
  '::1',
  'fd00::1',
  '::ffff:10.0.0.1',
])('%s takes a connection that says so', (address) => {
  expect([reach(address), reach(address, true)]).toEqual([false, true])
})

it.each([
  '0.0.0.0',
  '169.254.169.254',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  'fe80::1',
  'ff02::1',
  '::ffff:169.254.169.254',
  '64:ff9b::a9fe:a9fe',
  '2002:a9fe:a9fe::1',
  'host.example',
])('%s is never reached', (address) => {
  expect(reach(address, true)).toBe(false)
})

it('a host that is an address is checked as one', () => {
  for (const host of ['[::1]', '127.0.0.1', '[::ffff:7f00:1]'])
    expect(() => checkHost(host, { hasPrivate: false })).toThrow(/private_addresses/)
  expect(() => checkHost('example.com', { hasPrivate: false })).not.toThrow()
})
