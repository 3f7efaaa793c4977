import type { Module } from '../../platform/action/action.ts'
import { docx, draft, evidence, list, metrics, records, recount, report } from './report.queries.ts'
import { bind, freeze, open, reportRecord, withdraw } from './report.ts'

export const reports: Module = {
  name: 'reports',
  actions: [open, bind, freeze, withdraw],
  queries: [list, draft, report, records, recount, metrics, docx, evidence],
  records: [reportRecord],
}
