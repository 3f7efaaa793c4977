import { Button, Input, Modal } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { withdrawActivity } from '../../../src/modules/activities/activity.contract.ts'
import { useVerb } from '../../lib/queries.ts'
import { ErrorHere, VerbButton } from '../../ui/messages.tsx'
import '../organisation/dialogs.css'

/** Takes a record back, with its reason. */
export function WithdrawDialog({
  open,
  activityId,
  onClose,
}: {
  open: boolean
  activityId: string
  onClose: () => void
}) {
  const { t } = useTranslation(['activities', 'ui'])
  const [reason, write] = useState('')
  const [empty, setEmpty] = useState(false)
  const withdraw = useVerb(withdrawActivity, { onDone: onClose })
  const { reset } = withdraw
  useEffect(() => {
    if (!open) return
    write('')
    setEmpty(false)
    reset()
  }, [open, reset])
  const send = () => {
    setEmpty(reason.trim() === '')
    if (reason.trim() !== '') withdraw.mutate({ activityId, reason: reason.trim() })
  }
  return (
    <Modal
      open={open}
      title={t('withdrawal.title')}
      width={440}
      onCancel={onClose}
      footer={
        <div className="confirm-buttons">
          <VerbButton type="primary" loading={withdraw.isPending} onClick={send}>
            {t('withdrawal.verb')}
          </VerbButton>
          <Button onClick={onClose}>{t('ui:lookAgain')}</Button>
        </div>
      }
    >
      <p className="support">{t('withdrawal.note')}</p>
      <label className="dialog-label" htmlFor="withdraw-reason">
        {t('withdrawal.reason')}
      </label>
      <Input
        id="withdraw-reason"
        maxLength={200}
        value={reason}
        {...(empty ? { status: 'error' as const } : {})}
        onChange={({ target }) => write(target.value)}
        onPressEnter={send}
      />
      {empty && <ErrorHere title={t('withdrawal.empty')} focus={false} />}
      {withdraw.error && <ErrorHere error={withdraw.error} />}
    </Modal>
  )
}
