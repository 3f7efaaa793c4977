import {
  keepPreviousData,
  QueryClient,
  queryOptions,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import type { ZodType } from 'zod'
import type { Descriptor } from '../../src/core/contract.ts'
import { ApiError, call, type InputOf, type OutputOf } from './client.ts'

type AnyQuery = Descriptor<'query', ZodType, ZodType>
type AnyVerb = Descriptor<'verb', ZodType, ZodType>

/** A client that leaves waiting for the line to `call` and keeps answers for half a minute. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: false, networkMode: 'always', staleTime: 30_000, refetchOnWindowFocus: true },
      mutations: { retry: false, networkMode: 'always' },
    },
  })
}

/** Key, call and type of one read, for loaders and hooks alike. */
export function readOf<D extends AnyQuery>(descriptor: D, input: InputOf<D>) {
  return queryOptions<OutputOf<D>, ApiError>({
    queryKey: [descriptor.name, input],
    queryFn: ({ signal }) => call(descriptor, input, { signal }),
  })
}

/** Reads from the server; the last answer stays on the screen while the input changes. */
export function useQueryOf<D extends AnyQuery>(
  descriptor: D,
  input: InputOf<D>,
  options: { enabled?: boolean; keep?: boolean } = {},
): UseQueryResult<OutputOf<D>, ApiError> {
  return useQuery({
    ...readOf(descriptor, input),
    enabled: options.enabled ?? true,
    ...(options.keep === false ? {} : { placeholderData: keepPreviousData as never }),
  })
}

/** How a verb is bound to a page. */
export type VerbOptions<D extends AnyVerb> = {
  /** Nouns whose reads may have changed; without it every read is asked again. */
  touches?: readonly string[]
  onDone?: (answer: OutputOf<D>, input: InputOf<D>) => void
}

/** An act on the server; after it the reads that it touches are asked again. */
export function useVerb<D extends AnyVerb>(
  descriptor: D,
  options: VerbOptions<D> = {},
): UseMutationResult<OutputOf<D>, ApiError, InputOf<D>> {
  const client = useQueryClient()
  return useMutation<OutputOf<D>, ApiError, InputOf<D>>({
    mutationFn: (input) => call(descriptor, input),
    onSuccess: (answer, input) => {
      options.onDone?.(answer, input)
      const { touches } = options
      void client.invalidateQueries(
        touches ? { predicate: ({ queryKey }) => touches.includes(String(queryKey[0]).split('.')[0] ?? '') } : {},
      )
    },
  })
}

/** Whether an error means "not there or not yours": both look alike. */
export function isAbsent(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 403 || error.status === 404)
}
