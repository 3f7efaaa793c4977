import { Button, Input, Switch } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { amendAccount, closeSession } from '../../../src/modules/accounts/session.contract.ts'
import { closeAddress, ownAddress, recordAddress } from '../../../src/modules/notices/address.contract.ts'
import { closeFeed, getFeed, openFeed } from '../../../src/modules/notices/feed.contract.ts'
import { call } from '../../lib/client.ts'
import { setSingleKeys, singleKeysOn, useAllKeys } from '../../lib/keys.ts'
import { useQueryOf, useVerb } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { ErrorHere } from '../../ui/messages.tsx'
import { PageBody, Panel } from '../../ui/page.tsx'
import { passwordLacks } from '../accounts/password.ts'

/** One's own settings: password, sessions, keys; for a person also mail address and calendar feed. */
export function OwnSettings({ own }: { own: boolean }) {
  return (
    <PageBody>
      <div className="me-settings">
        <PasswordPanel />
        <div>
          {own && <FeedPanel />}
          {own && <AddressPanel />}
          <KeysPanel />
          <SessionsPanel />
        </div>
      </div>
    </PageBody>
  )
}

const fields = ['oldPassword', 'password', 'repeat'] as const

function PasswordPanel() {
  const { t } = useTranslation(['me', 'accounts'])
  const [typed, type] = useState({ oldPassword: '', password: '', repeat: '' })
  const [fault, setFault] = useState<string>()
  const amend = useVerb(amendAccount, {
    touches: [],
    onDone: () => type({ oldPassword: '', password: '', repeat: '' }),
  })
  const save = (event: FormEvent) => {
    event.preventDefault()
    const lacks = passwordLacks(typed.password)
    const wrong =
      typed.oldPassword === '' || typed.password === ''
        ? t('password.empty')
        : lacks
          ? t(`accounts:firstUse.${lacks}`)
          : typed.password === typed.repeat
            ? undefined
            : t('accounts:firstUse.differ')
    setFault(wrong)
    if (!wrong) amend.mutate({ oldPassword: typed.oldPassword, password: typed.password })
  }
  return (
    <Panel title={t('password.title')}>
      <form onSubmit={save} noValidate className="me-form">
        {fields.map((field) => (
          <div key={field} className="dialog-field">
            <label htmlFor={`me-${field}`}>{t(`password.${field}`)}</label>
            <Input.Password
              id={`me-${field}`}
              autoComplete={field === 'oldPassword' ? 'current-password' : 'new-password'}
              value={typed[field]}
              onChange={({ target }) => type({ ...typed, [field]: target.value })}
            />
          </div>
        ))}
        <p className="note">{t('accounts:firstUse.passwordNote')}</p>
        {fault && <ErrorHere key={fault} title={fault} />}
        {!fault && amend.error && <ErrorHere error={amend.error} />}
        {amend.data && !fault && <p role="status">{t('password.done', { count: amend.data.ended })}</p>}
        <div className="me-verbs">
          <Button type="primary" htmlType="submit" loading={amend.isPending}>
            {t('password.verb')}
          </Button>
        </div>
      </form>
    </Panel>
  )
}

function FeedPanel() {
  const { t } = useTranslation('me')
  const formats = useFormats()
  const { data } = useQueryOf(getFeed, {})
  const open = useVerb(openFeed, { touches: ['feed'] })
  const close = useVerb(closeFeed, { touches: ['feed'], onDone: () => open.reset() })
  const address = open.data ? `${location.origin}${open.data.path}` : undefined
  return (
    <Panel title={t('feed.title')}>
      <p>{t('feed.what')}</p>
      {data && !data.allowed && <p className="note">{t('feed.off')}</p>}
      {data?.openedAt && <p className="note">{t('feed.since', { at: formats.instant(data.openedAt) })}</p>}
      {address && (
        <div className="dialog-field">
          <label htmlFor="me-feed">{t('feed.address')}</label>
          <Input id="me-feed" readOnly value={address} onFocus={({ target }) => target.select()} />
          <p className="note">{t('feed.once')}</p>
        </div>
      )}
      {(open.error ?? close.error) && <ErrorHere error={open.error ?? close.error} />}
      {data?.allowed && (
        <div className="me-verbs">
          <Button loading={open.isPending} onClick={() => open.mutate({ language: formats.language })}>
            {t(data.openedAt ? 'feed.anew' : 'feed.open')}
          </Button>
          {data.openedAt && (
            <Button loading={close.isPending} onClick={() => close.mutate({})}>
              {t('feed.close')}
            </Button>
          )}
        </div>
      )}
    </Panel>
  )
}

function AddressPanel() {
  const { t } = useTranslation('me')
  const { data } = useQueryOf(ownAddress, {})
  const [typed, type] = useState<string>()
  const record = useVerb(recordAddress, { touches: ['address'], onDone: () => type(undefined) })
  const close = useVerb(closeAddress, { touches: ['address'], onDone: () => type(undefined) })
  const value = typed ?? data?.address ?? ''
  return (
    <Panel title={t('address.title')}>
      <p>{t('address.what')}</p>
      {data && !data.used && <p className="note">{t('address.unused')}</p>}
      <div className="dialog-field">
        <label htmlFor="me-address">{t('address.label')}</label>
        <Input
          id="me-address"
          type="email"
          autoComplete="email"
          value={value}
          maxLength={254}
          onChange={({ target }) => type(target.value)}
        />
      </div>
      {(record.error ?? close.error) && <ErrorHere error={record.error ?? close.error} />}
      <div className="me-verbs">
        <Button
          disabled={value.trim() === '' || value === data?.address}
          loading={record.isPending}
          onClick={() => record.mutate({ address: value.trim() })}
        >
          {t('address.save')}
        </Button>
        {data?.address && (
          <Button loading={close.isPending} onClick={() => close.mutate({})}>
            {t('address.close')}
          </Button>
        )}
      </div>
    </Panel>
  )
}

function KeysPanel() {
  const { t } = useTranslation(['me', 'shell'])
  // Switching tells all who list keys, this panel too.
  useAllKeys()
  return (
    <Panel title={t('keys.title')}>
      <p className="me-switch">
        <Switch id="me-keys" size="small" checked={singleKeysOn()} onChange={setSingleKeys} />
        <label htmlFor="me-keys">{t('shell:keys.single')}</label>
      </p>
      <p className="note">{t('shell:keys.singleNote')}</p>
    </Panel>
  )
}

function SessionsPanel() {
  const { t } = useTranslation('me')
  const end = async () => {
    await call(closeSession, { everywhere: true }, { throwSignedOut: true }).catch(() => undefined)
    location.assign('/sign-in')
  }
  return (
    <Panel title={t('sessions.title')}>
      <p>{t('sessions.what')}</p>
      <div className="me-verbs">
        <Button onClick={() => void end()}>{t('sessions.end')}</Button>
      </div>
    </Panel>
  )
}
