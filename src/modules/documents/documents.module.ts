import type { Module } from '../../platform/action/action.ts'
import { getCiteAnswer, listCitesAnswer } from './cite.queries.ts'
import { amendCiteAction, citedDocumentRecord, mergeCitesAction, recordCiteAction } from './cite.ts'
import { getDocumentAnswer, listDocumentsAnswer } from './document.queries.ts'
import { documentRecord, explainDocumentAction, importDocumentAction } from './document.ts'
import { columnMappingRecord } from './mapping.ts'

/** Documents that were taken in, what the reader finds in them, and the register of what they cite. */
export const documents: Module = {
  name: 'documents',
  actions: [explainDocumentAction, importDocumentAction, recordCiteAction, amendCiteAction, mergeCitesAction],
  queries: [listDocumentsAnswer, getDocumentAnswer, listCitesAnswer, getCiteAnswer],
  records: [documentRecord, citedDocumentRecord, columnMappingRecord],
}
