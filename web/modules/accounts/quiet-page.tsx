import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { LanguageSwitch } from '../../shell/top-bar.tsx'

/** The page before signing in: seal, one panel, the notice on secrets. */
export function QuietPage({ title, sentence, children }: { title: string; sentence?: string; children: ReactNode }) {
  const { t } = useTranslation('shell')
  const name = t('title', { page: title })
  useEffect(() => {
    document.title = name
  }, [name])
  return (
    <div className="quiet">
      <header className="quiet-bar">
        <LanguageSwitch />
      </header>
      <main className="quiet-main">
        <div className="quiet-brand">
          <span className="bar-seal" aria-hidden="true" lang="zh-CN">
            {t('seal')}
          </span>
          <span className="bar-product">{t('product')}</span>
        </div>
        <section className="panel quiet-panel">
          <h1>{title}</h1>
          {sentence && <p className="support">{sentence}</p>}
          {children}
        </section>
        <p className="quiet-notice">
          <b>{t('notSecret')}</b>
          <span>{t('noSecrets')}</span>
        </p>
      </main>
    </div>
  )
}
