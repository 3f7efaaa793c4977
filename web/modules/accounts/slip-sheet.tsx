import { Button, Modal } from 'antd'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { nonce } from '../../lib/nonce.ts'

/** Slips to print, in a frame of their own; the codes are shown this once and kept nowhere. */
export function SlipSheet({ html, onClose }: { html: string; onClose: () => void }) {
  const { t } = useTranslation('organisation')
  const frame = useRef<HTMLIFrameElement>(null)
  // The frame stands under the policy of the page, so its style needs the page's nonce.
  const page = html.replaceAll('<style>', `<style nonce="${nonce}">`)
  return (
    <Modal
      open
      title={t('accounts.sheet')}
      width={720}
      mask={{ closable: false }}
      onCancel={onClose}
      footer={
        <div className="confirm-buttons">
          <Button type="primary" onClick={() => frame.current?.contentWindow?.print()}>
            {t('accounts.sheetVerb')}
          </Button>
          <Button onClick={onClose}>{t('accounts.sheetDone')}</Button>
        </div>
      }
    >
      <p className="support">{t('accounts.sheetNote')}</p>
      <iframe
        ref={frame}
        className="slip-frame"
        title={t('accounts.sheet')}
        sandbox="allow-same-origin allow-modals"
        srcDoc={page}
      />
    </Modal>
  )
}
