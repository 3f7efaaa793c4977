import type { Module } from '../../platform/action/action.ts'
import { excuseRecords } from './excuse.facts.ts'
import { excuseQueries } from './excuse.queries.ts'
import { excuseActions } from './excuse.ts'
import { hoursReads } from './hours.ts'
import { openingActs, openingReads, openingRecord } from './opening.ts'
import { statementActs, statementReads, statementRecord } from './statement.ts'

/** What is owed by rules, what excuses it, and what persons themselves state and bring along. */
export const obligations: Module = {
  name: 'obligations',
  actions: [...excuseActions, ...openingActs, ...statementActs],
  queries: [...excuseQueries, ...hoursReads, ...openingReads, ...statementReads],
  records: [...excuseRecords, openingRecord, statementRecord],
}
