import { addressOf as resolved, Unreachable } from '../../platform/outward/reach.ts'
import type { failures } from './channel.contract.ts'

/** Why a message did not go out. The words of whoever answered are never kept. */
export class Undelivered extends Error {
  readonly reason: (typeof failures)[number]
  constructor(reason: (typeof failures)[number]) {
    super(reason)
    this.name = 'Undelivered'
    this.reason = reason
  }
}

/** The address of a host, resolved once and looked at (`platform/outward/reach.ts`). Throws `Undelivered`. */
export async function addressOf(host: string, options: { readonly ownMachine: boolean }): Promise<string> {
  return resolved(host, options).catch((error: unknown) => {
    throw error instanceof Unreachable ? new Undelivered(error.reason) : error
  })
}
