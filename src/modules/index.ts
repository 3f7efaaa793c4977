import { type Module, type Registry, registryOf } from '../platform/action/action.ts'
import { accounts } from './accounts/accounts.ts'
import { activities } from './activities/activity.ts'
import { calendars } from './calendars/calendar.ts'
import { documents } from './documents/documents.module.ts'
import { duties } from './duties/duties.module.ts'
import { journal } from './journal/journal.ts'
import { notices } from './notices/notices.module.ts'
import { obligations } from './obligations/obligations.module.ts'
import { organisation } from './organisation/organisation.ts'
import { plans } from './plans/plan.ts'
import { reports } from './reports/reports.module.ts'
import { rules } from './rules/rule.ts'
import { search } from './search/search.ts'
import { talks } from './talks/talk.ts'

/** The one list of modules, one line each. */
export const modules: readonly Module[] = [
  journal,
  accounts,
  organisation,
  calendars,
  documents,
  duties,
  activities,
  talks,
  rules,
  plans,
  obligations,
  notices,
  reports,
  search,
]

/** Everything that can be asked of the program. */
export const registry: Registry = registryOf(modules)
