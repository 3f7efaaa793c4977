import type { Calendar } from '../../core/calendar/calendar.ts'
import type { Catalogue } from '../../core/catalogue/catalogue.ts'
import type { Lexicon } from '../../core/reading/lexicon.ts'
import type { Words } from '../i18n/words.ts'

/** The data that every act may read: catalogue (kinds, metrics, topics), lexicon (words that read documents), wording. */
export interface Catalogues {
  readonly catalogue: Catalogue
  readonly lexicon: Lexicon
  /** The civil calendar as shipped; a bureau's own years are laid over it by the module `calendars`. */
  readonly calendar: Calendar
  readonly words: Words
}
