import type { RawBuilder } from 'kysely'
import { build } from './pool.ts'
import { wireValue } from './wire.ts'

/** What stands in a query for each of its values: it can be put into the query, and nothing else. */
export type Places<Values> = { readonly [name in keyof Values]: unknown }

class Place {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

const places = new Proxy({}, { get: (_, name) => new Place(String(name)) })

/**
 * A query of which only some values differ from one time to the next, put together and compiled once: to do that each time takes
 * longer than to send it. `query` is given a place for each value; whatever else it binds is the same every time.
 */
export function compiledOnce<Values extends object, Row>(
  query: (at: Places<Values>) => RawBuilder<Row>,
): (values: Values) => RawBuilder<Row> {
  let known: { readonly sql: string; readonly parameters: readonly unknown[] } | null = null
  return (values) => {
    if (known === null) {
      const { sql, parameters } = query(places as Places<Values>).compile(build)
      known = { sql, parameters: parameters.map((value) => (value instanceof Place ? value : wireValue(value))) }
    }
    const { sql, parameters } = known
    const named = values as Readonly<Record<string, unknown>>
    const compiled = {
      compile: () => ({
        sql,
        parameters: parameters.map((value) => (value instanceof Place ? named[value.name] : value)),
      }),
    }
    return compiled as unknown as RawBuilder<Row>
  }
}

/** As `compiledOnce`, once for each key and sort of query; what was compiled for a key goes with it. */
export function compiledFor<Key extends object, Sort extends string, Values extends object, Row>(
  query: (key: Key, sort: Sort, at: Places<Values>) => RawBuilder<Row>,
): (key: Key, sort: Sort, values: Values) => RawBuilder<Row> {
  const known = new WeakMap<Key, Map<Sort, (values: Values) => RawBuilder<Row>>>()
  return (key, sort, values) => {
    const sorts = known.get(key) ?? new Map<Sort, (values: Values) => RawBuilder<Row>>()
    known.set(key, sorts)
    const compiled = sorts.get(sort) ?? compiledOnce<Values, Row>((at) => query(key, sort, at))
    sorts.set(sort, compiled)
    return compiled(values)
  }
}
