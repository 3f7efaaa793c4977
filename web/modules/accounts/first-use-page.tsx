import { useQueryClient } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../lib/client.ts'
import { ErrorHere } from '../../ui/messages.tsx'
import { currentSession, redeemAccount } from './contract.ts'
import { QuietPage } from './quiet-page.tsx'

const shortest = 12

type Fault = { field: 'name' | 'password' | 'repeat'; text: string }

/** The page of a one-time slip: sets account name and password and signs in. */
export function FirstUsePage() {
  const { t } = useTranslation('accounts')
  const client = useQueryClient()
  const router = useRouter()
  const { token } = useSearch({ strict: false }) as { token?: string }
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [repeat, setRepeat] = useState('')
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<Fault | null>(null)
  const [error, setError] = useState<unknown>(null)

  function faultOf(): Fault | null {
    const count = [...password].length
    if (!name.trim()) return { field: 'name', text: t('firstUse.empty') }
    if (count < shortest) return { field: 'password', text: t('firstUse.short', { count }) }
    if (password !== repeat) return { field: 'repeat', text: t('firstUse.differ') }
    return null
  }

  async function submit(event: FormEvent) {
    event.preventDefault()
    const found = faultOf()
    setFault(found)
    setError(null)
    if (found) {
      document.getElementById(`first-use-${found.field}`)?.focus()
      return
    }
    setBusy(true)
    try {
      const session = await call(
        redeemAccount,
        { token: token ?? '', name: name.trim(), password },
        { throwSignedOut: true },
      )
      client.clear()
      client.setQueryData([currentSession.name, {}], session)
      router.history.replace('/today')
    } catch (refusal) {
      setError(refusal)
    } finally {
      setBusy(false)
    }
  }

  const status = (field: Fault['field']) =>
    fault?.field === field
      ? ({ status: 'error', 'aria-invalid': true, 'aria-describedby': 'first-use-fault' } as const)
      : {}
  if (!token)
    return (
      <QuietPage title={t('firstUse.title')}>
        <ErrorHere title={t('firstUse.noToken')} />
      </QuietPage>
    )
  return (
    <QuietPage title={t('firstUse.title')} sentence={t('firstUse.sentence')}>
      <form className="sign-in-form" onSubmit={submit} noValidate>
        <label htmlFor="first-use-name">{t('firstUse.name')}</label>
        <Input
          id="first-use-name"
          autoComplete="username"
          autoFocus
          spellCheck={false}
          value={name}
          onChange={({ target }) => setName(target.value)}
          {...status('name')}
        />
        <p className="note">{t('firstUse.nameNote')}</p>
        <label htmlFor="first-use-password">{t('firstUse.password')}</label>
        <Input.Password
          id="first-use-password"
          autoComplete="new-password"
          value={password}
          onChange={({ target }) => setPassword(target.value)}
          {...status('password')}
        />
        <p className="note">{t('firstUse.passwordNote')}</p>
        <label htmlFor="first-use-repeat">{t('firstUse.repeat')}</label>
        <Input.Password
          id="first-use-repeat"
          autoComplete="new-password"
          value={repeat}
          onChange={({ target }) => setRepeat(target.value)}
          {...status('repeat')}
        />
        {fault && (
          <div id="first-use-fault">
            <ErrorHere title={fault.text} focus={false} />
          </div>
        )}
        {error !== null && <ErrorHere error={error} />}
        <Button type="primary" htmlType="submit" loading={busy} block>
          {t('firstUse.verb')}
        </Button>
      </form>
    </QuietPage>
  )
}
