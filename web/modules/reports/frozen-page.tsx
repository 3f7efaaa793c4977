import { SafetyCertificateOutlined } from '@ant-design/icons'
import { getRouteApi } from '@tanstack/react-router'
import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  docxOfReport,
  evidenceOfReport,
  getReport,
  recountReport,
  withdrawReport,
} from '../../../src/modules/reports/report.contract.ts'
import { fileAddress } from '../../lib/client.ts'
import { isAbsent, useQueryOf, useVerb } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { Downloads } from '../../ui/downloads.tsx'
import { ErrorHere, LoadingRows, NoRight, VerbButton } from '../../ui/messages.tsx'
import type { Move } from './address.ts'
import { useMayOpen, useMayWrite } from './may-write.ts'
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
  const mayWrite = useMayWrite()
  const mayOpen = useMayOpen()
  const [asking, ask] = useState(false)
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
      <Downloads
        name={t('head.docx')}
        files={[
          { key: 'speech', name: t('head.speech'), href: fileAddress(docxOfReport, { reportId }) },
          {
            key: 'summary',
            name: t('head.summary'),
            href: fileAddress(docxOfReport, { reportId, kind: 'summary' }),
            headed: (head) => fileAddress(docxOfReport, { reportId, kind: 'summary', ...head }),
          },
        ]}
      />
      <Button
        icon={<SafetyCertificateOutlined />}
        href={fileAddress(evidenceOfReport, { reportId })}
        download={t('head.evidenceFile', { title: report.title })}
      >
        {t('head.evidence')}
      </Button>
      {mayOpen && (
        <Button
          title={t('head.evidenceOpenNote')}
          href={fileAddress(evidenceOfReport, { reportId, restricted: 'yes' })}
          download={t('head.evidenceOpenFile', { title: report.title })}
        >
          {t('head.evidenceOpen')}
        </Button>
      )}
      {mayWrite && report.withdrawn === null && <Button onClick={() => ask(true)}>{t('withdraw.verb')}</Button>}
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
  const withdrawn = report.withdrawn
  return (
    <>
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
        fault={
          withdrawn && (
            <p role="status">
              {t('withdraw.was', { at: formats.instant(withdrawn.at), reason: withdrawn.reason ?? '' })}
            </p>
          )
        }
      />
      {asking && <Withdraw reportId={reportId} title={report.title} onClose={() => ask(false)} />}
    </>
  )
}

/** Takes an issued report back, with the reason that stays beside it. */
function Withdraw({ reportId, title, onClose }: { reportId: string; title: string; onClose: () => void }) {
  const { t } = useTranslation(['reports', 'ui'])
  const [reason, write] = useState('')
  const [fault, say] = useState('')
  const withdraw = useVerb(withdrawReport, { touches: ['report'], onDone: onClose })
  return (
    <Modal open title={t('withdraw.title', { title })} width={440} onCancel={onClose} footer={null}>
      <form
        className="bind"
        onSubmit={(event) => {
          event.preventDefault()
          if (reason.trim() === '') return say(t('withdraw.empty'))
          say('')
          withdraw.mutate({ reportId, reason: reason.trim() })
        }}
      >
        <p className="support">{t('withdraw.what')}</p>
        <label htmlFor="withdraw-reason">{t('withdraw.reason')}</label>
        <Input id="withdraw-reason" maxLength={200} value={reason} onChange={({ target }) => write(target.value)} />
        {fault && <ErrorHere title={fault} />}
        {withdraw.error && !fault && <ErrorHere error={withdraw.error} />}
        <div className="bind-buttons">
          <VerbButton htmlType="submit" loading={withdraw.isPending}>
            {t('withdraw.verb')}
          </VerbButton>
          <Button type="text" onClick={onClose}>
            {t('ui:lookAgain')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
