import type pg from 'pg'
import { calendarOf } from '../../core/calendar/year.ts'
import { loadCatalogue, withLexicon } from '../catalogue/catalogue.ts'
import { loadLadder } from '../catalogue/ladder.ts'
import { loadLexicon } from '../catalogue/lexicon.ts'
import { openPool } from '../db/pool.ts'
import { loadWords } from '../i18n/words.ts'
import type { Registry } from './action.ts'
import type { Catalogues } from './catalogues.ts'
import { type Clock, systemClock } from './clock.ts'
import type { Stage } from './perform.ts'

/** Reads all data that the program works with; a fault in a file stops the start and names the file. */
export function loadCatalogues(): Catalogues {
  const lexicon = loadLexicon()
  const catalogue = withLexicon(loadCatalogue(), lexicon)
  const ladder = loadLadder(catalogue)
  return { catalogue, lexicon, calendar: calendarOf(catalogue.calendar), ladder, words: loadWords() }
}

/** What acts and reads run on: a pool of the application's login, the catalogues, the clock. */
export function openStage(
  app: pg.PoolConfig,
  registry: Pick<Registry, 'facts' | 'records'>,
  catalogues = loadCatalogues(),
  clock: Clock = systemClock,
): Stage {
  return { pool: openPool(app), catalogues, clock, facts: registry.facts, records: registry.records }
}
