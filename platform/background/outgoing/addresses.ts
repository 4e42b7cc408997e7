import { lookup, type LookupAddress } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** Addresses of the own machine and of private networks (RFC 1918, 4193, 6598). */
const privateOnes = new BlockList()
for (const [network, bits] of [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  privateOnes.addSubnet(network, bits, 'ipv4')
privateOnes.addAddress('::1', 'ipv6')
privateOnes.addSubnet('fc00::', 7, 'ipv6')

/**
 * Addresses that are nobody's to send to: of the link (where clouds keep credentials), of groups, reserved ones, and
 * those of IPv6 in which another is hidden (RFC 6890, 6052, 3056).
 */
const closedOnes = new BlockList()
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['169.254.0.0', 16],
  ['192.0.0.0', 24],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  closedOnes.addSubnet(network, bits, 'ipv4')
for (const [network, bits] of [
  ['::', 128],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['2001::', 32],
  ['2002::', 16],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  closedOnes.addSubnet(network, bits, 'ipv6')

export class AddressRefused extends Error {}

/** Whether requests may go to an IP address. */
export function isReachable(address: string, { hasPrivate }: { hasPrivate: boolean }): boolean {
  const family = isIP(address)
  if (family === 0) return false
  const type = family === 4 ? 'ipv4' : 'ipv6'
  return !closedOnes.check(address, type) && (hasPrivate || !privateOnes.check(address, type))
}

/**
 * Looks up a host for a connection that is about to be made, and refuses it where one of its addresses is not to be
 * reached: what has been checked is what is connected to.
 */
export function checkedLookup(options: { hasPrivate: boolean }): LookupFunction {
  return (host, { all = false, family, hints }, callback) => {
    lookup(host, { all: true, ...given({ family, hints }) }, (error, addresses) => {
      const found = addresses as LookupAddress[] | undefined
      const [first] = found ?? []
      if (error !== null || found === undefined || first === undefined)
        return callback(error ?? new Error(`The host ${host} has no address.`), '')
      const closed = found.find(({ address }) => !isReachable(address, options))
      if (closed !== undefined) return callback(new AddressRefused(refusal(host, closed.address)), '')
      if (all) return callback(null, found)
      callback(null, first.address, first.family)
    })
  }
}

/** @throws AddressRefused for a host that is itself an address which is not to be reached: it is not looked up */
export function checkHost(host: string, options: { hasPrivate: boolean }): void {
  const address = host.replace(/^\[|\]$/g, '')
  if (isIP(address) !== 0 && !isReachable(address, options)) throw new AddressRefused(refusal(host, address))
}

function refusal(host: string, address: string): string {
  return (
    `The host ${host} has the address ${address}, to which requests are not sent; ` +
    'for one of the own network the connection says "private_addresses": true.'
  )
}

function given<T extends object>(options: T): { [Key in keyof T]: NonNullable<T[Key]> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as never
}
