import { useTranslation } from 'react-i18next'
import { explainDocument, getDocument, listDocuments } from '../../../src/modules/documents/document.contract.ts'
import { getReport, listReports } from '../../../src/modules/reports/report.contract.ts'
import { call } from '../../lib/client.ts'
import { bytesOf, encodingText, fileSizeMax, toBase64 } from '../../lib/file-bytes.ts'
import { useQueryOf } from '../../lib/queries.ts'
import { useSession } from '../../lib/session.tsx'

/** Words for a new report, with what they were called and, where it is known, the year that they are of. */
export type Brought = {
  /** The choice that they come from; absent for a file. */
  key?: string
  text: string
  title: string
  ofYear?: number
  /** How the file was read; empty for what the bureau holds. */
  format: string
}

/** Why a file is not read, as it shows before or after the server was asked. */
export type Fault = 'long' | 'tables'

const sheets = ['xlsx', 'xls', 'et']

/** The words of a file, as the server reads it; nothing of it is kept there. */
export async function textOfFile(file: File): Promise<Brought | Fault> {
  if (file.size > fileSizeMax) return 'long'
  const content = toBase64(await bytesOf(file))
  const { text, encoding } = await call(explainDocument, { fileName: file.name, content })
  if (text === null) return 'tables'
  return { text, title: file.name.replace(/\.\w+$/, ''), format: encodingText(encoding) }
}

/** The words of a document that was taken in, or of a frozen report as it was printed. */
export async function textOfKnown(key: string): Promise<Brought> {
  const [noun, id = ''] = key.split(' ')
  const found = noun === 'report' ? await call(getReport, { reportId: id }) : await call(getDocument, { id })
  return { key, text: found.text, title: found.title ?? '', ofYear: found.year, format: '' }
}

/** What the bureau holds to begin from: frozen reports, and the documents taken in where they may be read. */
export function useKnownTexts() {
  const { t } = useTranslation('reports')
  const office = useSession()?.roles.includes('office') ?? false
  const reports = useQueryOf(listReports, { state: 'frozen', limit: 500 })
  const documents = useQueryOf(listDocuments, { limit: 500 }, { enabled: office })
  const named = (title: string | null, year: number) =>
    title?.includes(String(year)) ? title : t('make.knownOne', { title: title ?? '', year })
  const groups = [
    {
      label: t('make.knownReports'),
      options: (reports.data?.items ?? []).map((one) => ({
        value: `report ${one.reportId}`,
        label: named(one.title, one.year),
      })),
    },
    {
      label: t('make.knownDocuments'),
      options: (documents.data?.items ?? [])
        .filter(({ encoding }) => !sheets.includes(encoding ?? ''))
        .map((one) => ({ value: `document ${one.id}`, label: named(one.title, one.year) })),
    },
  ]
  return {
    documents: office,
    options: groups.filter(({ options }) => options.length > 0),
    loading: reports.isLoading || documents.isLoading,
    error: reports.error ?? documents.error,
  }
}
