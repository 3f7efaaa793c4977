import { useQueryClient } from '@tanstack/react-query'
import { Link, useRouter, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { currentSession } from '../../../src/modules/accounts/session.contract.ts'
import { QuietPage } from './quiet-page.tsx'
import { SignInForm } from './sign-in-form.tsx'

/** The page where a person signs in; goes on to the address that was asked for. */
export function SignInPage() {
  const { t } = useTranslation('accounts')
  const { t: h } = useTranslation('help')
  const client = useQueryClient()
  const router = useRouter()
  const { to, org } = useSearch({ strict: false }) as { to?: string; org?: string }
  return (
    <QuietPage title={t('signIn.title')}>
      <SignInForm
        org={org}
        onSession={(session) => {
          client.clear()
          client.setQueryData([currentSession.name, {}], session)
          // Only an address inside this site: a leading slash that is not followed by another.
          router.history.push(to && /^\/(?![/\\])/.test(to) ? to : '/today')
        }}
      />
      <p className="note">
        <Link to="/first-use" search={org ? { org } : {}}>
          {t('signIn.first')}
        </Link>
      </p>
      <p className="note">{t('signIn.lost')}</p>
      <p className="note">
        <Link to="/help/$" params={{ _splat: 'start' }} target="_blank">
          {h('all')}
        </Link>
      </p>
    </QuietPage>
  )
}
