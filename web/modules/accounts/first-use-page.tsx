import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { type FormEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { currentSession, redeemAccount } from '../../../src/modules/accounts/session.contract.ts'
import { ApiError, call } from '../../lib/client.ts'
import { ErrorHere } from '../../ui/messages.tsx'
import { passwordLacks } from './password.ts'
import { QuietPage } from './quiet-page.tsx'

const fields = ['token', 'name', 'password', 'repeat'] as const
type Field = (typeof fields)[number]
type Typed = Record<Field, string>

/** The code behind the # of the address, which never reaches a server. */
function codeOfAddress(): string {
  return decodeURIComponent(location.hash.slice(1))
}

/** The field that a refusal is about. */
function fieldOf(error: unknown): Field | undefined {
  if (!(error instanceof ApiError)) return undefined
  if (error.code.startsWith('password/')) return 'password'
  if (error.code === 'account/name-taken') return 'name'
  return error.code === 'account/code-wrong' ? 'token' : undefined
}

/** Sends what was typed and goes to the workbench; answers what went wrong. */
function useRedeem() {
  const { t } = useTranslation('accounts')
  const client = useQueryClient()
  const router = useRouter()
  const { org } = useSearch({ strict: false }) as { org?: string }
  return async (typed: Typed): Promise<{ field: Field | undefined; fault: unknown } | undefined> => {
    if (!typed.token.trim()) return { field: 'token', fault: t('firstUse.noCode') }
    if (!typed.password) return { field: 'password', fault: t('firstUse.empty') }
    const lacks = passwordLacks(typed.password)
    if (lacks) return { field: 'password', fault: t(`firstUse.${lacks}`) }
    if (typed.password !== typed.repeat) return { field: 'repeat', fault: t('firstUse.differ') }
    const name = typed.name.trim()
    try {
      const input = {
        token: typed.token.trim(),
        password: typed.password,
        ...(name ? { name } : {}),
        ...(org ? { org } : {}),
      }
      const { token: _, expiresAt: __, ...session } = await call(redeemAccount, input, { throwSignedOut: true })
      client.clear()
      client.setQueryData([currentSession.name, {}], session)
      router.history.replace('/today')
      return undefined
    } catch (error) {
      return { field: fieldOf(error), fault: error }
    }
  }
}

/** The page of a one-time slip: its code, an account name and a password of one's own; signs in. */
export function FirstUsePage() {
  const { t } = useTranslation(['accounts', 'ui'])
  const [token] = useState(codeOfAddress)
  const navigate = useNavigate()
  const { org } = useSearch({ strict: false }) as { org?: string }
  useEffect(() => {
    // Taken out of the address at once, so that it does not stay in the history of the browser.
    if (location.hash) void navigate({ to: '/first-use', search: org ? { org } : {}, hash: '', replace: true })
  }, [navigate, org])
  const [typed, setTyped] = useState<Typed>({ token, name: '', password: '', repeat: '' })
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<{ field: Field | undefined; fault: unknown }>()
  const redeem = useRedeem()

  async function submit(event: FormEvent) {
    event.preventDefault()
    setBusy(true)
    const found = await redeem(typed)
    setBusy(false)
    setWrong(found)
    if (found?.field) document.getElementById(`first-use-${found.field}`)?.focus()
  }

  function control(field: Field) {
    const fault = wrong?.field === field
    return {
      id: `first-use-${field}`,
      value: typed[field],
      spellCheck: false,
      autoFocus: field === (token ? 'name' : 'token'),
      onChange: ({ target }: { target: { value: string } }) => setTyped({ ...typed, [field]: target.value }),
      ...(fault ? ({ status: 'error', 'aria-invalid': true, 'aria-describedby': 'first-use-fault' } as const) : {}),
    }
  }

  return (
    <QuietPage title={t('firstUse.title')} sentence={t('firstUse.sentence')}>
      <form className="sign-in-form" onSubmit={submit} noValidate>
        <label htmlFor="first-use-token">{t('firstUse.token')}</label>
        <Input {...control('token')} autoComplete="one-time-code" />
        <label htmlFor="first-use-name">
          {t('firstUse.name')} <span className="note">{t('ui:optional')}</span>
        </label>
        <Input {...control('name')} autoComplete="username" />
        <p className="note">{t('firstUse.nameNote')}</p>
        <label htmlFor="first-use-password">{t('firstUse.password')}</label>
        <Input.Password {...control('password')} autoComplete="new-password" />
        <p className="note">{t('firstUse.passwordNote')}</p>
        <label htmlFor="first-use-repeat">{t('firstUse.repeat')}</label>
        <Input.Password {...control('repeat')} autoComplete="new-password" />
        {wrong && (
          <div id="first-use-fault">
            {typeof wrong.fault === 'string' ? (
              <ErrorHere title={wrong.fault} focus={false} />
            ) : (
              <ErrorHere error={wrong.fault} focus={wrong.field === undefined} />
            )}
          </div>
        )}
        <Button type="primary" htmlType="submit" loading={busy} block>
          {t('firstUse.verb')}
        </Button>
      </form>
    </QuietPage>
  )
}
