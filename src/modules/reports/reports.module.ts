import type { Module } from '../../platform/action/action.ts'
import { check } from './check.ts'
import { confirm, edit, reject } from './draft.ts'
import { boundReports, boundText } from './gold.ts'
import { docx, draft, evidence, list, metrics, records, recount, report } from './report.queries.ts'
import { bind, freeze, open, reportRecord, withdraw } from './report.ts'
import { shortfalls } from './shortfalls.ts'

export const reports: Module = {
  name: 'reports',
  actions: [open, edit, bind, confirm, freeze, reject, withdraw],
  queries: [list, draft, check, shortfalls, report, records, recount, metrics, docx, evidence, boundReports, boundText],
  records: [reportRecord],
}
