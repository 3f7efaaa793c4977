import type { Module } from '../../platform/action/action.ts'
import { openingActs, openingReads, openingRecord } from './opening.ts'
import { statementActs, statementReads, statementRecord } from './statement.ts'

/** What is owed by rules, what excuses it, and what persons themselves state and bring along. */
export const obligations: Module = {
  name: 'obligations',
  actions: [...openingActs, ...statementActs],
  queries: [...openingReads, ...statementReads],
  records: [openingRecord, statementRecord],
}
