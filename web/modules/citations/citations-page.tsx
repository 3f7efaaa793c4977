import { getRouteApi } from '@tanstack/react-router'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { listCites } from '../../../src/modules/documents/cite.contract.ts'
import type { OutputOf } from '../../lib/client.ts'
import { isAbsent, useQueryOf } from '../../lib/queries.ts'
import { useFormats, useSession } from '../../lib/session.tsx'
import { FilterBar } from '../../ui/filters.tsx'
import { EmptyState, ErrorHere, NoResult, NoRight } from '../../ui/messages.tsx'
import { PageBody, PageHead } from '../../ui/page.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import type { Move } from './address.ts'
import { RecordPanel } from './cite-form.tsx'
import { CitePanel } from './cite-panel.tsx'
import './citations.css'

const route = getRouteApi('/inside/citations')

/** An entry of the register. */
export type Cite = OutputOf<typeof listCites>['items'][number]

/** The register of cited documents, each with its names and the duties that rest on it. */
export function CitationsPage() {
  const address = route.useSearch()
  const navigate = route.useNavigate()
  const { t } = useTranslation('citations')
  const mayKeep = useSession()?.roles.includes('office') ?? false
  const columns = useColumns()
  const { data, error, refetch } = useQueryOf(listCites, { limit: 500, ...(address.q ? { q: address.q } : {}) })
  const move: Move = (change) => void navigate({ search: (was) => ({ ...was, ...change }), replace: true })
  if (isAbsent(error)) return <NoRight />
  const rows = data?.items ?? []
  const open = rows.find((row) => row.id === address.cite)
  const close = () => move({ cite: undefined, act: undefined })
  const start = () => move({ cite: undefined, act: 'record' })
  const aside =
    address.act === 'record' && mayKeep ? (
      <RecordPanel onClose={close} onDone={(id) => move({ cite: id, act: undefined })} />
    ) : (
      open && (
        <CitePanel
          key={open.id}
          cite={open}
          others={rows}
          act={mayKeep ? address.act : undefined}
          mayKeep={mayKeep}
          move={move}
        />
      )
    )
  return (
    <>
      <PageHead
        title={t('title')}
        sentence={t('sentence')}
        actions={
          mayKeep &&
          !address.act && (
            <Button type="primary" onClick={start}>
              {t('verb.record')}
            </Button>
          )
        }
      />
      <FilterBar
        text={{ value: address.q ?? '', hint: t('hint'), onChange: (text) => move({ q: text.trim() || undefined }) }}
        onClear={() => move({ q: undefined })}
      />
      <PageBody mode="fill" asideKind="record" aside={aside}>
        {error ? (
          <ErrorHere error={error} retry={() => void refetch()} />
        ) : (
          <Table
            name={t('rows')}
            columns={columns}
            rows={rows}
            rowKey={(row) => row.id}
            rowName={(row) => row.title}
            onOpen={(row) => move({ cite: row.id, act: undefined })}
            {...(open ? { current: open.id } : {})}
            loading={!data}
            counts={data && t('count', { count: data.total })}
            empty={
              address.q ? (
                <NoResult filters={address.q} onClear={() => move({ q: undefined })} />
              ) : (
                <EmptyState
                  title={t('empty')}
                  why={t('emptyWhy')}
                  verb={mayKeep && <Button onClick={start}>{t('verb.record')}</Button>}
                />
              )
            }
          />
        )}
      </PageBody>
    </>
  )
}

function useColumns(): Column<Cite>[] {
  const { t } = useTranslation('citations')
  const formats = useFormats()
  const number = (key: 'documents' | 'duties' | 'rules', width: number): Column<Cite> => ({
    key,
    title: t(`column.${key}`),
    width,
    align: 'right',
    render: (row) => (row[key] > 0 ? formats.count(row[key]) : ''),
  })
  return [
    {
      key: 'title',
      title: t('column.title'),
      render: (row) => (
        <>
          <span className="name" lang="zh-CN">
            {row.title}
          </span>
          {row.aliases.length > 0 && (
            <span className="note cite-aliases">{t('aliases', { names: row.aliases.join(t('comma')) })}</span>
          )}
        </>
      ),
    },
    {
      key: 'version',
      title: t('column.version'),
      width: 120,
      support: true,
      render: (row) => <span lang="zh-CN">{row.versionNote}</span>,
    },
    {
      key: 'issued',
      title: t('column.issued'),
      width: 100,
      support: true,
      render: (row) => row.issuedOn && formats.day(row.issuedOn),
    },
    number('documents', 80),
    number('duties', 76),
    number('rules', 60),
  ]
}
