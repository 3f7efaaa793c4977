import { PrinterOutlined } from '@ant-design/icons'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Button, Segmented, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { getSheet } from '../../../src/modules/duties/list.contract.ts'
import { paperOfSheet } from '../../../src/modules/duties/paper.contract.ts'
import { fileAddress, type OutputOf } from '../../lib/client.ts'
import { useQueryOf } from '../../lib/queries.ts'
import { useFormats, useSession } from '../../lib/session.tsx'
import { EmptyState, ErrorHere } from '../../ui/messages.tsx'
import { PageBody, PageHead, Panel } from '../../ui/page.tsx'
import { PrintFrame } from '../../ui/print-frame.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { useDutyColumns } from './duty-columns.tsx'
import type { DutyRow } from './marks.tsx'
import { holderOf, useOrder } from './names.ts'
import './duties.css'

const route = getRouteApi('/inside/duties/sheet')

type Sheet = OutputOf<typeof getSheet>

const quarters = [1, 2, 3, 4] as const

/** The sheet of one leader for a quarter: the duties of his post that were owed in it, and his instructions. */
export function SheetPage() {
  const { t } = useTranslation(['duties', 'dutySheet'])
  const navigate = useNavigate({ from: '/duties/sheet' })
  const search = route.useSearch()
  const formats = useFormats()
  const order = useOrder()
  const session = useSession()
  const year = search.year ?? Number(formats.today.slice(0, 4))
  const quarter = search.quarter ?? Math.ceil(Number(formats.today.slice(5, 7)) / 3)
  const own = session?.holdings.find(({ postId }) => order.leading.some((post) => post.postId === postId))?.postId
  const postId = search.post ?? own ?? order.leading[0]?.postId
  const { data, error, isLoading, refetch } = useQueryOf(
    getSheet,
    { postId: postId ?? '', year, quarter },
    { enabled: postId !== undefined, keep: false },
  )
  const move = (change: { post?: string; quarter?: number }) =>
    void navigate({ search: (was) => ({ ...was, ...change }), replace: true })
  const name = data?.leader.holder ?? data?.leader.title ?? ''
  const title = t('dutySheet:title', { name, year, quarter })
  return (
    <>
      <PageHead
        title={t('dutySheet:name')}
        crumb={
          <Link to="/duties" search={{ year }}>
            {t('title')}
          </Link>
        }
        sentence={data && <Counts counts={data.counts} />}
        actions={
          <>
            <Select
              className="sheet-post"
              aria-label={t('column.leader')}
              showSearch={{ optionFilterProp: 'label' }}
              value={postId ?? null}
              options={order.leading.map((post) => ({ value: post.postId, label: `${holderOf(post)}　${post.title}` }))}
              onChange={(post: string) => move({ post })}
            />
            <Segmented
              aria-label={t('dutySheet:quarter')}
              value={quarter}
              options={quarters.map((one) => ({ value: one, label: t(`filter.quarter${one}`) }))}
              onChange={(next) => move({ quarter: next })}
            />
            {postId && data && (
              <Button href={fileAddress(paperOfSheet, { postId, year, quarter: quarter as 1 })}>
                {t('dutySheet:paper')}
              </Button>
            )}
            <Button icon={<PrinterOutlined />} onClick={() => print()}>
              {t('print')}
            </Button>
          </>
        }
      />
      <PageBody>
        {error ? (
          <ErrorHere error={error} retry={() => void refetch()} focus={false} />
        ) : (
          <PrintFrame
            kind="list"
            title={title}
            under={data && formats.range(data.from, data.to)}
            foot={t('printed', { day: formats.day(formats.today, { year: true }) })}
          >
            <SheetBody sheet={data} loading={isLoading} />
          </PrintFrame>
        )}
      </PageBody>
    </>
  )
}

function Counts({ counts }: { counts: Sheet['counts'] }) {
  const { t } = useTranslation(['duties', 'dutySheet'])
  return <span className="note">{t('dutySheet:counts', counts)}</span>
}

function SheetBody({ sheet, loading }: { sheet: Sheet | undefined; loading: boolean }) {
  const { t } = useTranslation(['duties', 'dutySheet'])
  const formats = useFormats()
  // The sheet is one leader's own, so his column says nothing; nothing is changed here.
  const columns = useDutyColumns()
    .filter(({ key }) => key !== 'leader')
    .map(({ editor: _, ...column }) => column) as unknown as Column<DutyRow>[]
  return (
    <div className="sheet">
      <Table
        name={t('dutySheet:duties')}
        columns={columns}
        rows={sheet?.duties ?? []}
        rowKey={(row) => row.id}
        rowName={(row) => `${row.no} ${row.title ?? ''}`}
        loading={loading}
        counts={sheet && t('dutySheet:dutyCount', { count: sheet.duties.length })}
        empty={<EmptyState title={t('dutySheet:none')} why={t('dutySheet:noneWhy')} />}
      />
      {sheet && (
        <Panel title={t('dutySheet:instructions')} count={sheet.instructions.length} flush>
          {sheet.instructions.length === 0 && <p className="note sheet-none">{t('dutySheet:noInstructions')}</p>}
          <ul className="sheet-instructions">
            {sheet.instructions.map((one) => (
              <li key={one.id}>
                <span className="note">{formats.day(one.givenOn)}</span>
                <span lang="zh-CN">
                  {one.wording ?? t('erased')}
                  {one.source && <span className="note"> {one.source}</span>}
                </span>
                <span>
                  {one.duties.map((duty) => (
                    <Link
                      key={duty.id}
                      to="/duties/$no"
                      params={{ no: String(duty.no) }}
                      search={{ year: Number(one.givenOn.slice(0, 4)) }}
                    >
                      {t('dutySheet:no', { no: duty.no })}{' '}
                    </Link>
                  ))}
                </span>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </div>
  )
}
