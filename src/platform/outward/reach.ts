import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'

/** A host that cannot or may not be reached. */
export class Unreachable extends Error {
  readonly reason: 'no-host' | 'forbidden-address'
  constructor(reason: Unreachable['reason']) {
    super(reason)
    this.name = 'Unreachable'
    this.reason = reason
  }
}

const nowhere = new BlockList()
nowhere.addSubnet('0.0.0.0', 8, 'ipv4')
nowhere.addSubnet('169.254.0.0', 16, 'ipv4')
nowhere.addSubnet('224.0.0.0', 3, 'ipv4')
nowhere.addSubnet('192.0.0.0', 24, 'ipv4')
nowhere.addAddress('100.100.100.200', 'ipv4')
nowhere.addAddress('::', 'ipv6')
nowhere.addSubnet('fe80::', 10, 'ipv6')
nowhere.addSubnet('ff00::', 8, 'ipv6')
nowhere.addSubnet('64:ff9b::', 96, 'ipv6')
nowhere.addAddress('fd00:ec2::254', 'ipv6')

const ownMachine = new BlockList()
ownMachine.addSubnet('127.0.0.0', 8, 'ipv4')
ownMachine.addAddress('::1', 'ipv6')

/** Claims that something may be sent to an address: never link-local, metadata or group addresses, this machine only on wish. */
export function mayReach(address: string, options: { readonly ownMachine: boolean }): boolean {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
  if (isIP(address) === 0 || nowhere.check(address, family)) return false
  return options.ownMachine || !ownMachine.check(address, family)
}

/**
 * The address of a host, resolved once: whoever connects uses this address and asks no name server again. Refused where
 * any address that the name stands for is one that may not be reached.
 */
export async function addressOf(host: string, options: { readonly ownMachine: boolean }): Promise<string> {
  const bare = host.replace(/^\[(.*)\]$/, '$1')
  const found = isIP(bare)
    ? [bare]
    : await lookup(bare, { all: true }).then(
        (all) => all.map(({ address }) => address),
        () => [],
      )
  const [first] = found
  if (first === undefined) throw new Unreachable('no-host')
  if (!found.every((address) => mayReach(address, options))) throw new Unreachable('forbidden-address')
  return first
}
