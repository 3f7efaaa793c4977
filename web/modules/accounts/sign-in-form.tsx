import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { openSession, type Session } from '../../../src/modules/accounts/session.contract.ts'
import { call } from '../../lib/client.ts'
import { ErrorHere } from '../../ui/messages.tsx'

/** Account and password; the same form on its page and on top of a page whose session ended. */
export function SignInForm({
  onSession,
  name: given = '',
  org,
}: {
  onSession: (session: Session) => void
  name?: string
  /** Code of the bureau, where the installation has several. */
  org?: string | undefined
}) {
  const { t } = useTranslation('accounts')
  const [name, setName] = useState(given)
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>(null)

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (!name.trim() || !password) {
      setFault(t('signIn.empty'))
      return
    }
    setBusy(true)
    setFault(null)
    try {
      const input = { name: name.trim(), password, ...(org ? { org } : {}) }
      const { token: _, expiresAt: __, ...session } = await call(openSession, input, { throwSignedOut: true })
      onSession(session)
    } catch (error) {
      setFault(error)
      setPassword('')
    } finally {
      setBusy(false)
    }
  }

  return (
    <form className="sign-in-form" onSubmit={submit} noValidate>
      <label htmlFor="sign-in-name">{t('signIn.name')}</label>
      <Input
        id="sign-in-name"
        autoComplete="username"
        autoCapitalize="off"
        spellCheck={false}
        autoFocus={given === ''}
        value={name}
        onChange={({ target }) => setName(target.value)}
      />
      <label htmlFor="sign-in-password">{t('signIn.password')}</label>
      <Input.Password
        id="sign-in-password"
        autoComplete="current-password"
        autoFocus={given !== ''}
        value={password}
        onChange={({ target }) => setPassword(target.value)}
      />
      {typeof fault === 'string' && <ErrorHere title={fault} focus={false} />}
      {fault !== null && typeof fault !== 'string' && <ErrorHere error={fault} focus={false} />}
      <Button type="primary" htmlType="submit" loading={busy} block>
        {t('signIn.verb')}
      </Button>
    </form>
  )
}
