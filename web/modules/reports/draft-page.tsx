import { DownloadOutlined } from '@ant-design/icons'
import { getRouteApi } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { docxOfReport, freezeReport, getDraft } from '../../../src/modules/reports/report.contract.ts'
import { fileAddress, type OutputOf } from '../../lib/client.ts'
import { isAbsent, useQueryOf, useVerb } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { ConfirmIrrevocable } from '../../ui/confirm.tsx'
import { ErrorHere, LoadingRows, NoRight } from '../../ui/messages.tsx'
import type { Move } from './address.ts'
import { oldNumber } from './figures.ts'
import { useMayWrite } from './may-write.ts'
import { ReportFrame } from './report-frame.tsx'

const route = getRouteApi('/inside/reports/$draftId')

/** A draft: every figure with its source, what is still to bind, and freezing. */
export function DraftPage() {
  const { draftId } = route.useParams()
  const address = route.useSearch()
  const navigate = route.useNavigate()
  const { t } = useTranslation('reports')
  const formats = useFormats()
  const mayWrite = useMayWrite()
  const [asking, ask] = useState(false)
  const read = useQueryOf(getDraft, { draftId }, { keep: false })
  const freeze = useVerb(freezeReport, {
    onDone: ({ reportId }) => void navigate({ to: '/reports/frozen/$reportId', params: { reportId }, search: {} }),
  })
  const move: Move = (change) => void navigate({ search: (was) => ({ ...was, ...change }), replace: true })
  if (isAbsent(read.error)) return <NoRight />
  if (read.error) return <ErrorHere error={read.error} retry={() => void read.refetch()} />
  if (!read.data) return <LoadingRows rows={12} />
  const draft = read.data
  const open = mayWrite && draft.reportId === null
  const checking = address.step === 'check'
  const actions = (
    <>
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
          onClick={() => (checking ? ask(true) : move({ step: 'check', filter: undefined }))}
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
        fault={freeze.error && <ErrorHere error={freeze.error} />}
      />
      <ConfirmIrrevocable
        open={asking}
        title={t('confirm.title', { title: draft.title })}
        what={<WhatFreezes draft={draft} />}
        verb={t(draft.counts.unbound > 0 ? 'confirm.verbLeave' : 'confirm.verb')}
        busy={freeze.isPending}
        onConfirm={() => {
          ask(false)
          freeze.mutate({ draftId, ...(draft.counts.unbound > 0 ? { leaveUnbound: true } : {}) })
        }}
        onClose={() => ask(false)}
      />
    </>
  )
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
