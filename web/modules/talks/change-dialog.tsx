import { Button, Modal, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { amendTalk, Correction, withdrawTalk } from '../../../src/modules/talks/talk.contract.ts'
import { useVerb } from '../../lib/queries.ts'
import { ErrorHere, VerbButton } from '../../ui/messages.tsx'
import type { Talk } from './list-view.tsx'
import { Field, KeepsNote, noParts, PartsFields, partsInput } from './parts.tsx'

type Reason = (typeof Correction.options)[number]

/** Corrects a talk or takes it back; the reason is one of a closed list. */
export function ChangeDialog({ talk, act, onClose }: { talk: Talk; act: 'correct' | 'withdraw'; onClose: () => void }) {
  const { t } = useTranslation(['talks', 'ui'])
  const [reason, setReason] = useState<Reason | null>(null)
  const [missing, setMissing] = useState(false)
  const [parts, setParts] = useState({
    ...noParts(talk.month),
    day: talk.day ?? '',
    month: talk.month,
    audience: talk.audience ?? '',
    number: talk.number,
    person: talk.counterpart && { personId: talk.counterpart.personId, name: talk.counterpart.name ?? '' },
  })
  const amend = useVerb(amendTalk, { touches: ['talk'], onDone: onClose })
  const withdraw = useVerb(withdrawTalk, { touches: ['talk'], onDone: onClose })
  const correcting = act === 'correct'
  const { error, isPending } = correcting ? amend : withdraw
  const send = () => {
    setMissing(reason === null)
    if (reason === null) return
    if (correcting) amend.mutate({ talkId: talk.talkId, reason, ...partsInput(talk.shape, parts) })
    else withdraw.mutate({ talkId: talk.talkId, reason })
  }
  return (
    <Modal
      open
      title={t(correcting ? 'correction.title' : 'correction.withdrawTitle')}
      width={440}
      onCancel={onClose}
      footer={
        <div className="confirm-buttons">
          <VerbButton type="primary" loading={isPending} onClick={send}>
            {t(correcting ? 'correction.verb' : 'correction.withdrawVerb')}
          </VerbButton>
          <Button onClick={onClose}>{t('ui:lookAgain')}</Button>
        </div>
      }
    >
      <div className="dialog-form">
        {correcting ? <KeepsNote kind={talk.kind} /> : <p className="support">{t('correction.withdrawNote')}</p>}
        {correcting && (
          <PartsFields shape={talk.shape} parts={parts} onChange={(change) => setParts({ ...parts, ...change })} />
        )}
        <Field label={t('correction.reason')} id="talk-reason">
          <Select
            id="talk-reason"
            value={reason}
            options={Correction.options.map((one) => ({ value: one, label: t(`reasons.${one}`) }))}
            onChange={(chosen: Reason) => setReason(chosen)}
          />
          <p className="note">{t('correction.reasonNote')}</p>
        </Field>
        {missing && <ErrorHere title={t('correction.missing')} focus={false} />}
        {!missing && error && <ErrorHere error={error} />}
      </div>
    </Modal>
  )
}
