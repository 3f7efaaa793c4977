import { BellOutlined, PlusOutlined, QuestionCircleOutlined } from '@ant-design/icons'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button, Dropdown } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Session } from '../../src/modules/accounts/session.contract.ts'
import { switchLanguage, useLanguage } from '../lib/language.ts'
import { useFormats } from '../lib/session.tsx'
import { ownPath } from '../navigation.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import type { Language } from '../ui/states.ts'
import { SearchBox } from './search-box.tsx'

type BarProps = {
  session: Session
  /** Opens the page where a record is typed; absent when there is none. */
  onRecord?: (() => void) | undefined
  /** Whether there is a page of hits. */
  searches: boolean
  /** Opens the manual: at the section of this page, or at its beginning. */
  onManual: (section: boolean) => void
  onKeys: () => void
  onActFor: (personId: string | null) => void
  onSignOut: () => void
}

/** The two languages, each named in itself. */
export function LanguageSwitch() {
  const { t } = useTranslation('shell')
  const current = useLanguage()
  const choices: [Language, string, string][] = [
    ['zh', '中文', 'zh-CN'],
    ['en', 'English', 'en'],
  ]
  return (
    <fieldset className="bar-languages">
      <legend className="unseen">{t('language')}</legend>
      {choices.map(([language, name, tag]) => (
        <button
          key={language}
          type="button"
          lang={tag}
          className="bar-word"
          aria-pressed={current === language}
          onClick={() => void switchLanguage(language).catch(() => undefined)}
        >
          {name}
        </button>
      ))}
    </fieldset>
  )
}

/** The top bar: seal, bureau, the record verb, help, language, person. */
export function TopBar({ session, onRecord, searches, onManual, onKeys, onActFor, onSignOut }: BarProps) {
  const { t } = useTranslation('shell')
  const { t: h } = useTranslation('help')
  const formats = useFormats()
  const navigate = useNavigate()
  const acting = session.onBehalfOf?.personId ?? null
  const principals = [
    ...(acting === null ? [] : [{ key: 'self', label: t('behalf.end') }]),
    ...session.mandates
      .filter(({ principalId }) => principalId !== acting)
      .map(({ principalId, principal, to }) => ({
        key: principalId,
        label: t('behalf.begin', { name: principal ?? '', to: formats.day(to) }),
      })),
  ]
  const choose = (key: string) => {
    if (key === 'own') void navigate({ to: ownPath })
    else if (key === 'out') onSignOut()
    else onActFor(key === 'self' ? null : key)
  }
  return (
    <header className="bar">
      <Link to="/today" className="bar-home">
        <span className="bar-seal" aria-hidden="true" lang="zh-CN">
          {t('seal')}
        </span>
        <span className="bar-product">{t('product')}</span>
      </Link>
      <span className="bar-bureau">{session.bureau.name}</span>
      <span className="bar-space" />
      {searches && <SearchBox />}
      {onRecord && (
        <Button className="bar-record" icon={<PlusOutlined />} onClick={onRecord}>
          {t('record')} <KeyCap>N</KeyCap>
        </Button>
      )}
      {session.personId !== null && (
        <Link to="/notices" className="bar-icon" aria-label={t('notices')} title={t('notices')}>
          <BellOutlined />
        </Link>
      )}
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'section', label: h('thisPage') },
            { key: 'manual', label: h('all') },
            { key: 'keys', label: t('allKeys'), extra: '?' },
          ],
          onClick: ({ key }) => (key === 'keys' ? onKeys() : onManual(key === 'section')),
        }}
      >
        <button type="button" className="bar-icon" aria-label={t('help')} title={t('help')}>
          <QuestionCircleOutlined />
        </button>
      </Dropdown>
      <span className="bar-line" />
      <LanguageSwitch />
      <span className="bar-line" />
      <Dropdown
        trigger={['click']}
        placement="bottomRight"
        menu={{
          items: [
            ...principals,
            ...(principals.length > 0 ? [{ type: 'divider' as const }] : []),
            { key: 'own', label: t('own') },
            { key: 'out', label: t('signOut') },
          ],
          onClick: ({ key }) => choose(key),
        }}
      >
        <button type="button" className="bar-person" title={t('account')}>
          <b>{session.person.name}</b>
          <span>{session.post}</span>
        </button>
      </Dropdown>
    </header>
  )
}
