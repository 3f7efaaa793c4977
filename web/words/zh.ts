import { accounts } from './zh/accounts.ts'
import { activities } from './zh/activities.ts'
import { citations } from './zh/citations.ts'
import { documents } from './zh/documents.ts'
import { duties } from './zh/duties.ts'
import { dutyCompare } from './zh/duty-compare.ts'
import { dutySheet } from './zh/duty-sheet.ts'
import { followUps } from './zh/follow-ups.ts'
import { format } from './zh/format.ts'
import { help } from './zh/help.ts'
import { journal } from './zh/journal.ts'
import { me } from './zh/me.ts'
import { notices } from './zh/notices.ts'
import { obligations } from './zh/obligations.ts'
import { opinions } from './zh/opinions.ts'
import { organisation } from './zh/organisation.ts'
import { person } from './zh/person.ts'
import { plans } from './zh/plans.ts'
import { reports } from './zh/reports.ts'
import { rules } from './zh/rules.ts'
import { search } from './zh/search.ts'
import { settings } from './zh/settings.ts'
import { shell } from './zh/shell.ts'
import { study } from './zh/study.ts'
import { talks } from './zh/talks.ts'
import { today } from './zh/today.ts'
import { ui } from './zh/ui.ts'

/** All words of the web in Chinese, one namespace a module; English has the same keys. */
export const zh = {
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

/** The shape that every language fills. */
export type Words = typeof zh
