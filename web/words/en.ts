import { accounts } from './en/accounts.ts'
import { activities } from './en/activities.ts'
import { citations } from './en/citations.ts'
import { documents } from './en/documents.ts'
import { duties } from './en/duties.ts'
import { dutyCompare } from './en/duty-compare.ts'
import { dutySheet } from './en/duty-sheet.ts'
import { followUps } from './en/follow-ups.ts'
import { format } from './en/format.ts'
import { help } from './en/help.ts'
import { journal } from './en/journal.ts'
import { me } from './en/me.ts'
import { notices } from './en/notices.ts'
import { obligations } from './en/obligations.ts'
import { opinions } from './en/opinions.ts'
import { organisation } from './en/organisation.ts'
import { person } from './en/person.ts'
import { plans } from './en/plans.ts'
import { reports } from './en/reports.ts'
import { rules } from './en/rules.ts'
import { search } from './en/search.ts'
import { settings } from './en/settings.ts'
import { shell } from './en/shell.ts'
import { study } from './en/study.ts'
import { talks } from './en/talks.ts'
import { today } from './en/today.ts'
import { ui } from './en/ui.ts'
import type { Shape } from './shape.ts'
import type { Words } from './zh.ts'

/** All words of the web in English. */
export const en: Shape<Words> = {
  shell,
  ui,
  format,
  accounts,
  today,
  documents,
  duties,
  dutyCompare,
  dutySheet,
  activities,
  obligations,
  followUps,
  notices,
  opinions,
  organisation,
  citations,
  journal,
  reports,
  rules,
  search,
  talks,
  study,
  me,
  settings,
  help,
  person,
  plans,
}
