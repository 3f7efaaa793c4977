import type * as z from 'zod'
import type { QueryHandler, ReadContext } from './action.ts'

interface Page<T> {
  readonly items: readonly T[]
  readonly next: string | null
}

/**
 * Every item that a list answers to this reader, page by page, so that a file holds exactly what the list shows him.
 * Reading stops one page after `max` items: whoever asks for them refuses or says that there are more.
 */
export async function everyItem<I extends z.ZodType, T, O extends z.ZodType<unknown, Page<T>>>(
  read: QueryHandler<I, O>,
  ctx: ReadContext,
  input: Omit<z.output<I>, 'cursor' | 'limit'>,
  max: number,
): Promise<T[]> {
  const items: T[] = []
  let cursor: string | null = null
  do {
    const asked = { ...input, limit: 500, ...(cursor === null ? {} : { cursor }) } as z.output<I>
    const page = (await read.run(ctx, asked)) as Page<T>
    items.push(...page.items)
    cursor = page.next
  } while (cursor !== null && items.length <= max)
  return items
}
