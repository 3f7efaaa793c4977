import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../lib/client.ts'
import { ErrorHere } from '../../ui/messages.tsx'
import { openSession, type Session } from './contract.ts'

/** Account and password; the same form on its page and on top of a page whose session ended. */
export function SignInForm({ onSession, name: given = '' }: { onSession: (session: Session) => void; name?: string }) {
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
      onSession(await call(openSession, { name: name.trim(), password }, { throwSignedOut: true }))
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
