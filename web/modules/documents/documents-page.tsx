import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type * as z from 'zod'
import { documentKinds, listDocuments } from '../../../src/modules/documents/document.contract.ts'
import { reviewProgress } from '../../../src/modules/duties/draft.contract.ts'
import { encodingText } from '../../lib/file-bytes.ts'
import { isAbsent, useQueryOf } from '../../lib/queries.ts'
import { useFormats, useSession } from '../../lib/session.tsx'
import { FilterBar } from '../../ui/filters.tsx'
import { EmptyState, ErrorHere, NoResult, NoRight } from '../../ui/messages.tsx'
import { PageBody, PageHead, Panel } from '../../ui/page.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { ImportForm } from './import-form.tsx'
import './documents.css'

type Row = z.output<typeof listDocuments.output>['items'][number]

function useColumns(): Column<Row>[] {
  const { t } = useTranslation('documents')
  const formats = useFormats()
  const { data: progress } = useQueryOf(reviewProgress, {})
  const counts = new Map(progress?.items.map((one) => [one.documentId, one]))
  const narrow = formats.language === 'zh'
  return [
    {
      key: 'title',
      title: t('column.title'),
      render: (row) => (
        <>
          <Link to="/documents/$id/review" params={{ id: row.id }} className="name one-line" lang="zh-CN">
            {row.title ?? t('untitled')}
          </Link>
          <span className="note one-line">
            <span lang="zh-CN">{row.fileName}</span>
            {[
              encodingText(row.encoding),
              t('chars', { count: row.chars, replace: { count: formats.count(row.chars) } }),
            ].map((part) => part && ` · ${part}`)}
          </span>
        </>
      ),
    },
    { key: 'kind', title: t('column.kind'), width: narrow ? 84 : 120, render: (row) => t(`kind.${row.kind}`) },
    { key: 'year', title: t('column.year'), width: 76, render: (row) => t('year', { year: row.year }) },
    {
      key: 'review',
      title: t('column.review'),
      width: narrow ? 108 : 132,
      render: (row) => {
        const review = counts.get(row.id)
        if (!review) return null
        const done = review.confirmed + review.rejected + review.assigned
        return t('reviewed', { done, all: done + review.open })
      },
    },
    {
      key: 'at',
      title: t('column.at'),
      width: 124,
      support: true,
      render: (row) => formats.instant(row.importedAt),
    },
  ]
}

/** Documents that were taken in, newest first, and beside them the form that takes one in. */
export function DocumentsPage() {
  const { t } = useTranslation('documents')
  const search = useSearch({ from: '/inside/documents' })
  const navigate = useNavigate({ from: '/documents' })
  const columns = useColumns()
  const formats = useFormats()
  const keeps = useSession()?.roles.includes('office') ?? false
  const { data, error, isLoading } = useQueryOf(listDocuments, { ...search, limit: 500 })
  if (isAbsent(error)) return <NoRight />
  const clear = () => void navigate({ search: {}, replace: true })
  const years = Array.from({ length: 4 }, (_, at) => String(Number(formats.today.slice(0, 4)) + 1 - at))
  const filters = [
    {
      key: 'year',
      label: t('filter.year'),
      value: search.year ? String(search.year) : '',
      choices: years.map((year) => ({ value: year, label: t('year', { year }) })),
    },
    {
      key: 'kind',
      label: t('filter.kind'),
      value: search.kind ?? '',
      choices: documentKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) })),
    },
  ]
  const said = filters.flatMap(({ value, choices }) => choices.find((one) => one.value === value)?.label ?? [])
  return (
    <>
      <PageHead
        title={t('title')}
        sentence={data && t('sentence', { count: data.total, replace: { count: formats.count(data.total) } })}
      />
      <FilterBar
        filters={filters}
        onFilter={(key, value) =>
          void navigate({
            search: (was) => ({ ...was, [key]: value === '' ? undefined : key === 'year' ? Number(value) : value }),
            replace: true,
          })
        }
        onClear={clear}
      />
      <PageBody
        mode="fill"
        asideKind="source"
        aside={
          keeps && (
            <Panel title={t('import.title')}>
              <ImportForm />
            </Panel>
          )
        }
      >
        {error ? (
          <ErrorHere error={error} />
        ) : (
          <Table
            name={t('title')}
            columns={columns}
            rows={data?.items ?? []}
            rowKey={(row) => row.id}
            rowName={(row) => row.title ?? t('untitled')}
            onOpen={(row) => void navigate({ to: '/documents/$id/review', params: { id: row.id } })}
            loading={isLoading}
            counts={data && t('counts', { count: data.total, replace: { count: formats.count(data.total) } })}
            empty={
              said.length > 0 ? (
                <NoResult filters={said.join('，')} onClear={clear} />
              ) : (
                <EmptyState title={t('empty')} why={t('emptyNote')} />
              )
            }
          />
        )}
      </PageBody>
    </>
  )
}
