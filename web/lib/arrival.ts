import type { QueryClient } from '@tanstack/react-query'
import type { ZodType } from 'zod'
import type { Descriptor } from '../../src/core/contract.ts'
import type { Session } from '../../src/modules/accounts/session.contract.ts'
import type { InputOf } from './client.ts'
import { readOf } from './queries.ts'

/** Who opens a page, at which address, and how a read of it is begun. */
export interface Arrival {
  readonly session: Session
  /** The address before the question mark. */
  readonly path: string
  /** The address after the question mark, not yet checked. */
  readonly search: unknown
  /** Asks for what the page will show; the page, once drawn, waits for the same answer. */
  begin<D extends Descriptor<'query', ZodType, ZodType>>(descriptor: D, input: InputOf<D>): void
  readonly client: QueryClient
}

/** What a page begins to read before it is drawn, so that server and browser work at the same time. */
export type Arrive = (at: Arrival) => void

/** An arrival at an address. */
export function arrivalAt(client: QueryClient, at: Pick<Arrival, 'session' | 'path' | 'search'>): Arrival {
  return { ...at, client, begin: (descriptor, input) => void client.prefetchQuery(readOf(descriptor, input)) }
}
