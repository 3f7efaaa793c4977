import type { Module } from '../../platform/action/action.ts'
import { openingRecord, statementRecord } from './beside.ts'
import { owedThatDay } from './day.ts'
import { excuseRecords } from './excuse.facts.ts'
import { excuseQueries } from './excuse.queries.ts'
import { excuseActions } from './excuse.ts'
import { getting } from './explaining.ts'
import { previewing } from './foretelling.ts'
import { hoursReads } from './hours.ts'
import { hoursWorkbook } from './hours-book.ts'
import { inbox } from './inbox.ts'
import { leadersOwedAnswer } from './leaders.ts'
import { obligationLists } from './obligation.queries.ts'
import { openingActs, openingReads } from './opening.ts'
import { overviewing } from './overview.ts'
import { statementActs, statementReads } from './statement.ts'
import { refoldTallies, tallyActs } from './tally.ts'
import { obligationWorkbook } from './workbook.ts'

/** What is owed by rules, what excuses it, and what persons themselves state and bring along. */
export const obligations: Module = {
  name: 'obligations',
  actions: [...excuseActions, ...openingActs, ...statementActs, ...tallyActs],
  queries: [
    ...obligationLists,
    getting,
    previewing,
    overviewing,
    obligationWorkbook,
    hoursWorkbook,
    owedThatDay,
    inbox,
    leadersOwedAnswer,
    ...excuseQueries,
    ...hoursReads,
    ...openingReads,
    ...statementReads,
  ],
  refolds: [refoldTallies],
  records: [...excuseRecords, openingRecord, statementRecord],
}
