import { Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { resumeSession, useConnection } from '../../lib/connection.ts'
import { useSession } from '../../lib/session.tsx'
import { SignInForm } from './sign-in-form.tsx'

/** Signing in again on top of the page, so that nothing typed is lost. */
export function SignInAgain() {
  const { t } = useTranslation('accounts')
  const { signedOut } = useConnection()
  const before = useSession()
  const [lapsed, lapse] = useState(signedOut)
  if (signedOut && !lapsed) lapse(true)
  if (!lapsed) return null
  return (
    <Modal open={signedOut} closable={false} footer={null} width={380} title={t('signIn.again')} destroyOnHidden>
      <p className="support">{t('signIn.againNote')}</p>
      <SignInForm
        name={before?.account.name ?? ''}
        org={before?.bureau.code}
        onSession={(session) => {
          // Another person must not go on with what this one left open.
          if (before && session.person.id !== before.person.id) location.assign('/today')
          else resumeSession()
        }}
      />
      <p className="note again-leave">
        <a href="/sign-in">{t('signIn.leave')}</a>
      </p>
    </Modal>
  )
}
