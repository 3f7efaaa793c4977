import { DownloadOutlined } from '@ant-design/icons'
import { getRouteApi } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { docxOfReport, freezeReport, getDraft, rejectDraft } from '../../../src/modules/reports/report.contract.ts'
import { fileAddress, type OutputOf } from '../../lib/client.ts'
import { isAbsent, useQueryOf, useVerb } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { ConfirmIrrevocable } from '../../ui/confirm.tsx'
import { ErrorHere, LoadingRows, NoRight } from '../../ui/messages.tsx'
import type { Move, ReportAddress } from './address.ts'
import { CheckPanel } from './check-panel.tsx'
import { EditPanel } from './edit-panel.tsx'
import { oldNumber } from './figures.ts'
import { useMayWrite } from './may-write.ts'
import { ReportFrame } from './report-frame.tsx'
import { ShortfallsPanel } from './shortfalls-panel.tsx'

const route = getRouteApi('/inside/reports/$draftId')

/** A draft: every figure with its source, what is still to bind, and freezing. */
export function DraftPage() {
  const { draftId } = route.useParams()
  const address = route.useSearch()
  const navigate = route.useNavigate()
  const { t } = useTranslation('reports')
  const formats = useFormats()
  const mayWrite = useMayWrite()
  const [asking, ask] = useState<'freeze' | 'reject'>()
  const read = useQueryOf(getDraft, { draftId }, { keep: false })
  const freeze = useVerb(freezeReport, {
    onDone: ({ reportId }) => void navigate({ to: '/reports/frozen/$reportId', params: { reportId }, search: {} }),
  })
  const reject = useVerb(rejectDraft, { onDone: () => void navigate({ to: '/reports', search: {} }) })
  const move: Move = (change) => void navigate({ search: (was) => ({ ...was, ...change }), replace: true })
  if (isAbsent(read.error)) return <NoRight />
  if (read.error) return <ErrorHere error={read.error} retry={() => void read.refetch()} />
  if (!read.data) return <LoadingRows rows={12} />
  const draft = read.data
  const open = mayWrite && draft.reportId === null && draft.withdrawnAt === null
  const checking = address.step === 'check'
  const actions = (
    <>
      <Button onClick={() => move({ panel: 'shortfalls', figure: undefined })}>{t('short.title')}</Button>
      {open && !checking && <Button onClick={() => ask('reject')}>{t('reject.verb')}</Button>}
      {open && checking && <Button onClick={() => move({ step: undefined })}>{t('head.toDraft')}</Button>}
      {!checking && (
        <Button loading={read.isFetching} onClick={() => void read.refetch()}>
          {t('head.again')}
        </Button>
      )}
      <Button icon={<DownloadOutlined />} href={fileAddress(docxOfReport, { draftId })} download>
        {t('head.docx')}
      </Button>
      {open && (
        <Button
          type="primary"
          loading={freeze.isPending}
          onClick={() =>
            checking ? ask('freeze') : move({ step: 'check', filter: undefined, figure: undefined, panel: undefined })
          }
        >
          {t(checking ? 'head.freeze' : 'head.toCheck')}
        </Button>
      )}
    </>
  )
  return (
    <>
      <ReportFrame
        report={draft}
        step={checking ? 'check' : 'draft'}
        stand={t('head.counted', { at: formats.instant(new Date(read.dataUpdatedAt).toISOString()) })}
        actions={actions}
        mayBind={open}
        address={address}
        move={move}
        onEdit={open ? (at) => move({ panel: 'edit', at, figure: undefined }) : undefined}
        panel={panelOf(draft, address, open, move)}
        fault={
          draft.withdrawnAt !== null ? (
            <p role="status">{t('reject.was', { at: formats.instant(draft.withdrawnAt) })}</p>
          ) : (
            (freeze.error || reject.error) && <ErrorHere error={freeze.error ?? reject.error} />
          )
        }
      />
      <ConfirmIrrevocable
        open={asking === 'freeze'}
        title={t('confirm.title', { title: draft.title })}
        what={<WhatFreezes draft={draft} />}
        verb={t(draft.counts.unbound > 0 ? 'confirm.verbLeave' : 'confirm.verb')}
        busy={freeze.isPending}
        onConfirm={() => {
          ask(undefined)
          freeze.mutate({ draftId, ...(draft.counts.unbound > 0 ? { leaveUnbound: true } : {}) })
        }}
        onClose={() => ask(undefined)}
      />
      <ConfirmIrrevocable
        open={asking === 'reject'}
        title={t('reject.title', { title: draft.title })}
        what={t('reject.what')}
        verb={t('reject.verb')}
        busy={reject.isPending}
        onConfirm={() => {
          ask(undefined)
          reject.mutate({ draftId })
        }}
        onClose={() => ask(undefined)}
      />
    </>
  )
}

/** What stands beside the text while no figure is open: the paragraph in hand, what fell short, or the check. */
function panelOf(draft: OutputOf<typeof getDraft>, address: ReportAddress, open: boolean, move: Move) {
  if (address.panel === 'shortfalls') return <ShortfallsPanel draftId={draft.id} move={move} />
  if (open && address.panel === 'edit' && address.at !== undefined) {
    const { id, title, source } = draft
    const done = () => move({ panel: undefined, at: undefined })
    return <EditPanel key={address.at} draftId={id} title={title} source={source} at={address.at} onDone={done} />
  }
  if (address.step === 'check' && address.figure === undefined)
    return <CheckPanel draftId={draft.id} mayWrite={open} move={move} />
  return undefined
}

/** What freezing locks, what stays masked, what is left for a person, and who is told. */
function WhatFreezes({ draft }: { draft: OutputOf<typeof getDraft> }) {
  const { t } = useTranslation('reports')
  const { filled, unbound, left, masked } = draft.counts
  const stars = unbound + left + masked
  const old = draft.slots.filter((slot) => slot.state !== 'filled' && oldNumber(slot)).length
  return (
    <>
      <p>{t('confirm.what', { filled })}</p>
      {stars > 0 && (
        <p>
          {t('confirm.left', { count: stars })}
          {old > 0 && t('confirm.old', { count: old })}
          {unbound > 0 && t('confirm.unbound', { count: unbound })}
        </p>
      )}
      {draft.dated.length > 0 && <p>{t('confirm.dated', { count: draft.dated.length })}</p>}
      <p>{t('confirm.told')}</p>
    </>
  )
}
