import { Button, Modal } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

type ConfirmProps = {
  open: boolean
  /** The question: 印发第2版清单？ */
  title: string
  /** What cannot be taken back, and who is told. */
  what: ReactNode
  /** The verb on the button, never 确定. */
  verb: string
  busy?: boolean
  onConfirm: () => void
  onClose: () => void
}

/** Asked only before what cannot be taken back: the verb, or another look. */
export function ConfirmIrrevocable({ open, title, what, verb, busy = false, onConfirm, onClose }: ConfirmProps) {
  const { t } = useTranslation('ui')
  return (
    <Modal
      open={open}
      title={title}
      width={440}
      onCancel={onClose}
      footer={
        <div className="confirm-buttons">
          <Button type="primary" loading={busy} onClick={onConfirm}>
            {verb}
          </Button>
          <Button onClick={onClose}>{t('lookAgain')}</Button>
        </div>
      }
    >
      <div className="support">{what}</div>
    </Modal>
  )
}
