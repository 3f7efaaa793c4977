import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { reportShortfalls } from '../../../src/modules/reports/report.contract.ts'
import type { OutputOf } from '../../lib/client.ts'
import { useLanguage } from '../../lib/language.ts'
import { useQueryOf } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { EmptyState, ErrorHere, LoadingRows } from '../../ui/messages.tsx'
import { SidePanel, Tag } from '../../ui/page.tsx'
import type { Move } from './address.ts'

type Short = OutputOf<typeof reportShortfalls>

/** What fell short in the period of the report, each with its rule or duty. Data to write from: no sentence is invented. */
export function ShortfallsPanel({ draftId, move }: { draftId: string; move: Move }) {
  const { t } = useTranslation('reports')
  const formats = useFormats()
  const { data, error, refetch } = useQueryOf(reportShortfalls, { draftId }, { keep: false })
  return (
    <SidePanel
      title={t('short.title')}
      note={data && t('short.on', { on: formats.day(data.on) })}
      onClose={() => move({ panel: undefined })}
    >
      {error ? (
        <ErrorHere error={error} retry={() => void refetch()} />
      ) : !data ? (
        <LoadingRows rows={8} />
      ) : data.rules.length + data.duties.length === 0 ? (
        <EmptyState title={t('short.none')} why={t('short.noneWhy')} />
      ) : (
        <>
          <p className="note">{t('short.note')}</p>
          {data.rules.length > 0 && <Rules rules={data.rules} />}
          {data.duties.length > 0 && <Duties duties={data.duties} />}
        </>
      )}
    </SidePanel>
  )
}

function Rules({ rules }: Pick<Short, 'rules'>) {
  const { t } = useTranslation('reports')
  const language = useLanguage()
  return (
    <section className="check-part">
      <h3>{t('short.rules')}</h3>
      <ul className="check-items">
        {rules.map((rule) => (
          <li key={rule.rule}>
            <p>
              {rule.sentence[language]} {rule.expected && <Tag>{t('short.expected')}</Tag>}{' '}
              {rule.unconfirmed && <Tag inferred>{t('short.unconfirmed')}</Tag>}
            </p>
            <p className="check-goto">
              <Link to="/rules" search={{ rule: rule.rule }}>
                {t('short.toRule')}
              </Link>
              <CopyButton text={rule.sentence.zh} />
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Duties({ duties }: Pick<Short, 'duties'>) {
  const { t } = useTranslation('reports')
  const formats = useFormats()
  return (
    <section className="check-part">
      <h3>{t('short.duties')}</h3>
      <ul className="check-items">
        {duties.map((duty) => (
          <li key={duty.dutyId}>
            <p>
              <Link to="/duties/$no" params={{ no: String(duty.no) }} search={{ year: duty.year }}>
                <span lang="zh-CN">
                  {duty.no} {duty.title}
                </span>
              </Link>
            </p>
            <p className="note">
              {duty.unit && <span lang="zh-CN">{duty.unit} </span>}
              {duty.dueOn && t('short.due', { day: formats.day(duty.dueOn) })}{' '}
              {duty.closedOn ? t('short.closed', { day: formats.day(duty.closedOn) }) : t('short.open')}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}

function CopyButton({ text }: { text: string }) {
  const { t } = useTranslation('reports')
  const [done, say] = useState(false)
  // Browsers offer the clipboard only on a safe connection; elsewhere the words are marked and copied by hand.
  if (!navigator.clipboard) return null
  return (
    <Button type="link" size="small" onClick={() => void navigator.clipboard.writeText(text).then(() => say(true))}>
      <span aria-live="polite">{t(done ? 'short.copied' : 'short.copy')}</span>
    </Button>
  )
}
