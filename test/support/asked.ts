import assert from 'node:assert/strict'
import { type Asked, type Owed, owedBy } from '../../src/modules/obligations/owed.ts'
import type { Place } from '../../src/modules/obligations/world.ts'
import { preambleOf, type Runnable, type Transaction, transact } from '../../src/platform/db/pool.ts'
import type { TestApp } from './app.ts'

/** The settings of a transaction that sees the whole bureau. */
export const WIDE = { 'app.units': '*', 'app.units_talks': '*' }

/** What was answered, and by how many packets and which statements. */
export interface Told<T> {
  readonly answer: T
  readonly packets: number
  readonly sent: readonly Runnable[]
}

/** Asks in a transaction of its own; tells what went to the database. */
export async function inBureau<T>(
  app: TestApp,
  work: (place: Place) => Promise<T>,
  catalogues = app.stage.catalogues,
): Promise<Told<T>> {
  let packets = 0
  const sent: Runnable[] = []
  const answer = await transact(app.stage.pool, preambleOf('read only', 1, WIDE), async (tx) => {
    const all = tx.all.bind(tx)
    let open = false
    tx.all = ((...given: Parameters<Transaction['all']>) => {
      sent.push(given[0])
      if (!open) {
        open = true
        packets++
        process.nextTick(() => {
          open = false
        })
      }
      return all(...given)
    }) as Transaction['all']
    return work({ org: app.org, catalogues, tx })
  })
  return { answer, packets, sent }
}

/** Obligations without the rule that each follows from, of which its versions stay. */
export const plain = (owed: readonly Owed[]) => owed.map(({ by, ...one }) => ({ ...one, versions: by.versions }))

/** What is kept says the same as what is read anew, of each of some questions. */
export async function agrees(app: TestApp, questions: readonly Asked[], after: string): Promise<void> {
  for (const asked of questions) {
    const { answer: kept } = await inBureau(app, (place) => owedBy(place, asked))
    const { answer: fresh } = await inBureau(app, (place) => owedBy(place, asked), { ...app.stage.catalogues })
    assert.deepEqual(plain(kept), plain(fresh), after)
  }
}
