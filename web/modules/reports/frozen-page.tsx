import { DownloadOutlined, SafetyCertificateOutlined } from '@ant-design/icons'
import { getRouteApi } from '@tanstack/react-router'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import {
  docxOfReport,
  evidenceOfReport,
  getReport,
  recountReport,
} from '../../../src/modules/reports/report.contract.ts'
import { fileAddress } from '../../lib/client.ts'
import { isAbsent, useQueryOf } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { ErrorHere, LoadingRows, NoRight } from '../../ui/messages.tsx'
import type { Move } from './address.ts'
import { RecountPanel } from './recount-panel.tsx'
import { ReportFrame } from './report-frame.tsx'

const route = getRouteApi('/inside/reports/frozen/$reportId')

/** A frozen report: locked figures with their evidence, its files, and counting again. */
export function FrozenPage() {
  const { reportId } = route.useParams()
  const address = route.useSearch()
  const navigate = route.useNavigate()
  const { t } = useTranslation('reports')
  const formats = useFormats()
  const counting = address.recount === 'open'
  const read = useQueryOf(getReport, { reportId }, { keep: false })
  const recount = useQueryOf(recountReport, { reportId }, { keep: false, enabled: counting })
  const move: Move = (change) => void navigate({ search: (was) => ({ ...was, ...change }), replace: true })
  if (isAbsent(read.error)) return <NoRight />
  if (read.error) return <ErrorHere error={read.error} retry={() => void read.refetch()} />
  if (!read.data) return <LoadingRows rows={12} />
  const { idx, asOf, digest, ...report } = read.data
  // What was unbound at freezing was left masked; nothing can be bound any more.
  const slots = report.slots.map((slot) =>
    slot.state === 'unbound' ? { ...slot, state: 'left' as const, why: t('atFreeze') } : slot,
  )
  const different = recount.data?.figures.filter((figure) => figure.now !== figure.frozen).map(({ no }) => no)
  const actions = (
    <>
      <Button icon={<DownloadOutlined />} href={fileAddress(docxOfReport, { reportId })} download>
        {t('head.docx')}
      </Button>
      <Button
        icon={<SafetyCertificateOutlined />}
        href={fileAddress(evidenceOfReport, { reportId })}
        download={t('head.evidenceFile', { title: report.title })}
      >
        {t('head.evidence')}
      </Button>
      <Button
        type="primary"
        loading={counting && recount.isFetching}
        onClick={() => {
          if (counting) void recount.refetch()
          else move({ recount: 'open', figure: undefined })
        }}
      >
        {t('head.recount')}
      </Button>
    </>
  )
  return (
    <ReportFrame
      report={{ ...report, slots, frozen: { idx, asOf, digest } }}
      step="freeze"
      stand={t('head.frozenAt', { at: formats.instant(report.frozenAt), idx: formats.count(idx) })}
      actions={actions}
      mayBind={false}
      address={address}
      move={move}
      changed={different && new Set(different)}
      panel={
        counting && address.figure === undefined ? (
          <RecountPanel answer={recount.data} error={recount.error} move={move} />
        ) : undefined
      }
    />
  )
}
