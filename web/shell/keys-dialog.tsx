import { Modal, Switch } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Binding, setSingleKeys, singleKeysOn, useAllKeys } from '../lib/keys.ts'
import { KeyCap } from '../ui/key-cap.tsx'

const groups = ['go', 'page', 'everywhere'] as const

function Row({ binding }: { binding: Binding }) {
  const { t } = useTranslation('shell')
  const parts = binding.keys.startsWith('Ctrl ') ? [binding.keys] : binding.keys.split(' ')
  return (
    <div className="keys-row">
      <dt>
        {parts.map((part, at) => (
          <span key={part}>
            {at > 0 && <span className="note"> {t('keys.thenKey')} </span>}
            <KeyCap>{part}</KeyCap>
          </span>
        ))}
      </dt>
      <dd>{binding.label}</dd>
    </div>
  )
}

/** All keys that act on this page, with the switch that turns single keys off. */
export function KeysDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation('shell')
  const all = useAllKeys()
  const [asked, ask] = useState(open)
  if (open && !asked) ask(true)
  // Most days nobody asks; then nothing of it is made.
  if (!asked) return null
  return (
    <Modal open={open} onCancel={onClose} footer={null} title={t('keys.title')} width={640}>
      <div className="keys-columns">
        {groups.map((group) => {
          const rows = all.filter((binding) => binding.group === group)
          if (rows.length === 0) return null
          return (
            <section key={group}>
              <h3>{t(`keys.${group}`)}</h3>
              <dl>
                {rows.map((binding) => (
                  <Row key={binding.keys} binding={binding} />
                ))}
              </dl>
            </section>
          )
        })}
      </div>
      <div className="keys-switch">
        <Switch id="single-keys" size="small" checked={singleKeysOn()} onChange={setSingleKeys} />
        <label htmlFor="single-keys">{t('keys.single')}</label>
        <span className="note">{t('keys.singleNote')}</span>
      </div>
    </Modal>
  )
}
