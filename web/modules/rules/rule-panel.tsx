import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getRule, withdrawRule } from '../../../src/modules/rules/rule.contract.ts'
import type { OutputOf } from '../../lib/client.ts'
import { useQueryOf, useVerb } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { ErrorHere, LoadingRows } from '../../ui/messages.tsx'
import { Facts, SidePanel, Tag } from '../../ui/page.tsx'
import { AssignForm, ConfirmForm } from './rule-forms.tsx'

/** A rule whole. */
export type RuleWhole = OutputOf<typeof getRule>
/** A number or day that a rule leaves to the bureau, or lets it make stricter. */
export type RuleParam = RuleWhole['versions'][number]['params'][number]

/** One rule: what it asks, where it is written, how it is read, and what the bureau said of it. */
export function RulePanel({ rule, onClose }: { rule: string; onClose: () => void }) {
  const { t } = useTranslation('rules')
  const { language } = useFormats()
  const { data, error, isPending, refetch } = useQueryOf(getRule, { rule }, { keep: false })
  return (
    <SidePanel title={data?.words[language] ?? t('title')} onClose={onClose}>
      {error && <ErrorHere error={error} retry={() => void refetch()} />}
      {isPending && !error && <LoadingRows rows={6} height={28} />}
      {data && <RuleBody data={data} />}
    </SidePanel>
  )
}

function RuleBody({ data }: { data: RuleWhole }) {
  const { t } = useTranslation('rules')
  const formats = useFormats()
  const { language } = formats
  const current = data.versions.find((version) => version.current) ?? data.versions.at(-1)
  const waits = data.maySet && data.confirmation === null && (data.unconfirmed || data.standing === 'dormant')
  return (
    <>
      <p>{(current?.says ?? data.says)[language]}</p>
      <Facts
        rows={[
          [t('panel.source'), t('panel.titled', { title: data.source[language] })],
          [t('panel.article'), data.article ?? t('panel.noArticle')],
          [t('panel.strict'), t(`strictness.${data.strictness}`)],
          [t('panel.stand'), <Stand key="stand" data={data} />],
          ...(current ? [[t('panel.since'), formats.day(current.from, { year: true })] as const] : []),
        ]}
      />
      {current && current.readings.length > 0 && (
        <section className="rule-part">
          <h3>{t('panel.readings')}</h3>
          <ul className="rule-list">
            {current.readings.map(({ id, says }) => (
              <li key={id}>{says[language]}</li>
            ))}
          </ul>
        </section>
      )}
      {current && current.params.length > 0 && (
        <section className="rule-part">
          <h3>{t('panel.params')}</h3>
          {current.params.map((param) => (
            <Param key={param.param} data={data} param={param} />
          ))}
        </section>
      )}
      {data.confirmation && (
        <Said
          id={data.confirmation.settingId}
          may={data.maySet}
          words={t('panel.confirmed', {
            by: data.confirmation.by.name ?? '',
            day: formats.instant(data.confirmation.at),
            source: data.confirmation.source ?? '',
            article: data.confirmation.article ?? '',
          })}
        />
      )}
      {waits && <ConfirmForm rule={data.rule} />}
      <p className="note rule-part">{t('panel.id', { rule: data.rule, pack: data.pack.id })}</p>
    </>
  )
}

function Stand({ data }: { data: RuleWhole }) {
  const { t } = useTranslation('rules')
  return (
    <>
      {t(data.active ? (data.expected ? 'panel.expected' : 'panel.hard') : 'panel.dormant')}{' '}
      {data.unconfirmed && <Tag>{t('unconfirmed')}</Tag>}
    </>
  )
}

function Param({ data, param }: { data: RuleWhole; param: RuleParam }) {
  const { t } = useTranslation('rules')
  const formats = useFormats()
  const [open, set] = useState(false)
  const said = data.assignments.filter((one) => one.param === param.param)
  const worded = (value: number | string | null) =>
    value === null
      ? t('panel.unset')
      : typeof value === 'number'
        ? `${formats.count(value)}${param.unit ?? ''}`
        : formats.day(value, { year: true })
  return (
    <div className="rule-param">
      <span>{param.words[formats.language]}</span>
      <b>{worded(param.value)}</b>
      {param.base !== param.value && <span className="note">{t('panel.base', { value: worded(param.base) })}</span>}
      {data.maySet && !open && (
        <button type="button" className="link" onClick={() => set(true)}>
          {t('panel.set')}
        </button>
      )}
      {open && <AssignForm rule={data.rule} param={param} onDone={() => set(false)} />}
      {said.map((one) => (
        <Said
          key={one.settingId}
          id={one.settingId}
          may={data.maySet}
          words={t('panel.said', {
            by: one.by.name ?? '',
            from: formats.day(one.from, { year: true }),
            value: worded(one.value),
            source: one.source ?? '',
          })}
        />
      ))}
    </div>
  )
}

/** What somebody said of the rule, and the way to take it back. */
function Said({ id, words, may }: { id: string; words: string; may: boolean }) {
  const { t } = useTranslation('rules')
  const take = useVerb(withdrawRule, { touches: ['rule', 'obligation'] })
  return (
    <div className="rule-said">
      <p className="note">{words}</p>
      {may && (
        <Button
          size="small"
          loading={take.isPending}
          onClick={() => take.mutate({ settingId: id, reason: t('panel.withdrawReason') })}
        >
          {t('panel.withdraw')}
        </Button>
      )}
      {take.error && <ErrorHere error={take.error} />}
    </div>
  )
}
