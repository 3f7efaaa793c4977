import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { type ColumnField, columnFields } from '../../../src/core/tables/header.ts'
import type { explainDocument, importDocument } from '../../../src/modules/documents/document.contract.ts'
import type { InputOf, OutputOf } from '../../lib/client.ts'
import { useFormats } from '../../lib/session.tsx'

export type Explained = OutputOf<typeof explainDocument>
export type Mapping = NonNullable<InputOf<typeof importDocument>['mappings']>[number]
type TableView = Explained['tables'][number]

const headerRowsMax = 8

/** The mapping of a table as it stands, to be changed in one place. */
export function mappingOf(table: TableView): Mapping {
  return {
    table: table.table,
    headerRow: table.headerRow,
    headerRows: table.headerRows,
    fields: table.columns.map((column) => column.field),
  }
}

/** What the columns of a file's tables mean, each to be changed; the problems by row; the rows as they would come. */
export function TableMapping({
  explained,
  busy,
  onChange,
}: {
  explained: Explained
  busy: boolean
  onChange: (mapping: Mapping) => void
}) {
  return (
    <div className="mapping" aria-busy={busy}>
      {explained.tables.map((table) => (
        <OneTable key={table.table} table={table} busy={busy} onChange={onChange} />
      ))}
      <Problems problems={explained.problems} />
    </div>
  )
}

function OneTable({
  table,
  busy,
  onChange,
}: {
  table: TableView
  busy: boolean
  onChange: (mapping: Mapping) => void
}) {
  const { t } = useTranslation('documents')
  const mapping = mappingOf(table)
  const left = (['notes', 'headings', 'hidden'] as const).filter((key) => table.skipped[key] > 0)
  return (
    <section aria-label={table.table} className="mapping-table">
      <h3>
        <span lang="zh-CN">{table.table}</span>
        <span className="note">{t(`mapping.${table.list}`, { count: table.items })}</span>
      </h3>
      <HeadingPlace mapping={mapping} busy={busy} onChange={onChange} />
      {left.length > 0 && (
        <p className="note">
          {t('mapping.left', {
            what: left.map((key) => t(`mapping.skipped.${key}`, { count: table.skipped[key] })).join(t('mapping.and')),
          })}
        </p>
      )}
      <ul className="mapping-columns">
        {table.columns
          .map((column, at) => ({ column, at }))
          .filter(({ column }) => column.heading !== '')
          .map(({ column, at }) => (
            <li key={column.column}>
              <span className="mapping-heading" lang="zh-CN">
                <span className="note">{column.column}</span> {column.heading.replace(/\s+/g, '')}
              </span>
              <FieldChoice
                label={t('mapping.means', { heading: column.heading })}
                value={column.field}
                asked={column.by === 'asked'}
                busy={busy}
                onChoose={(field) =>
                  onChange({ ...mapping, fields: mapping.fields.map((one, place) => (place === at ? field : one)) })
                }
              />
              <span className="note mapping-by">{column.by && t(`mapping.by.${column.by}`)}</span>
            </li>
          ))}
      </ul>
      {table.rows.length > 0 && (
        <details className="mapping-rows">
          <summary>{t('mapping.rows', { count: table.rows.length })}</summary>
          <ol lang="zh-CN">
            {table.rows.map((row) => (
              <li key={row.row} value={row.row}>
                {row.title}
                <span className="note">{[row.lead, row.leader, row.term].filter(Boolean).join('　')}</span>
              </li>
            ))}
          </ol>
        </details>
      )}
    </section>
  )
}

/** Where the heading stands: its first row, and whether it takes one row or two. */
function HeadingPlace({
  mapping,
  busy,
  onChange,
}: {
  mapping: Mapping
  busy: boolean
  onChange: (mapping: Mapping) => void
}) {
  const { t } = useTranslation('documents')
  const rows = Array.from({ length: Math.max(headerRowsMax, mapping.headerRow) }, (_, at) => at + 1)
  return (
    <div className="mapping-place">
      <Select
        aria-label={t('mapping.headerRow')}
        size="small"
        disabled={busy}
        value={mapping.headerRow}
        options={rows.map((row) => ({ value: row, label: t('mapping.atRow', { row }) }))}
        onChange={(headerRow) => onChange({ ...mapping, headerRow, fields: [] })}
      />
      <Select
        aria-label={t('mapping.headerRows')}
        size="small"
        disabled={busy}
        value={mapping.headerRows}
        options={([1, 2] as const).map((count) => ({ value: count, label: t('mapping.rowsTaken', { count }) }))}
        onChange={(headerRows) => onChange({ ...mapping, headerRows, fields: [] })}
      />
    </div>
  )
}

function FieldChoice({
  label,
  value,
  asked,
  busy,
  onChoose,
}: {
  label: string
  value: ColumnField | null
  asked: boolean
  busy: boolean
  onChoose: (field: ColumnField | null) => void
}) {
  const { t } = useTranslation('documents')
  return (
    <Select
      aria-label={label}
      size="small"
      disabled={busy}
      status={asked ? 'warning' : ''}
      value={value ?? ''}
      options={[
        { value: '', label: t('mapping.leaveOut') },
        ...columnFields.map((field) => ({ value: field, label: t(`mapping.field.${field}`) })),
      ]}
      onChange={(chosen) => onChoose(chosen === '' ? null : (chosen as ColumnField))}
    />
  )
}

function Problems({ problems }: { problems: Explained['problems'] }) {
  const { t } = useTranslation('documents')
  const { language } = useFormats()
  if (problems.length === 0) return null
  const stopping = problems.filter((one) => one.stops).length
  return (
    <section className="mapping-problems" role="status">
      <h3>{stopping > 0 ? t('mapping.stops', { count: stopping }) : t('mapping.notes')}</h3>
      <ul>
        {problems.slice(0, 50).map((one) => (
          <li key={`${one.table}/${one.row}/${one.column}/${one.code}`} className={one.stops ? 'bad' : ''}>
            <span lang="zh-CN">{one.table}</span>
            {one.row !== null && ` ${t('mapping.atRow', { row: one.row })}`}
            {t('mapping.colon')}
            {language === 'zh' ? one.zh : one.en}
          </li>
        ))}
      </ul>
    </section>
  )
}
