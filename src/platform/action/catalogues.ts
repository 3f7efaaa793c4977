import type { Calendar } from '../../core/calendar/calendar.ts'
import type { Catalogue } from '../../core/catalogue/catalogue.ts'
import type { Ladder } from '../../core/notices/ladder.ts'
import type { Lexicon } from '../../core/reading/lexicon.ts'
import type { Words } from '../i18n/words.ts'

/** The data that every act may read: catalogue (kinds, metrics, topics), lexicon (words that read documents), wording. */
export interface Catalogues {
  readonly catalogue: Catalogue
  readonly lexicon: Lexicon
  /** The civil calendar as shipped; a bureau's own years are laid over it by the module `calendars`. */
  readonly calendar: Calendar
  /** Who is told what about things owed, and when. */
  readonly ladder: Ladder
  readonly words: Words
}
