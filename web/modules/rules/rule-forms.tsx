import { Button, Input, InputNumber } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { assignRule, confirmRule } from '../../../src/modules/rules/rule.contract.ts'
import { useVerb } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { DayField } from '../../ui/day-field.tsx'
import { ErrorHere } from '../../ui/messages.tsx'
import type { RuleParam } from './rule-panel.tsx'

/** Names the document and the article in which a person saw the rule. */
export function ConfirmForm({ rule }: { rule: string }) {
  const { t } = useTranslation('rules')
  const [source, setSource] = useState('')
  const [article, setArticle] = useState('')
  const confirm = useVerb(confirmRule, { touches: ['rule', 'obligation'] })
  const ready = source.trim() !== '' && article.trim() !== ''
  return (
    <section className="rule-part rule-form">
      <h3>{t('confirm.title')}</h3>
      <p className="note">{t('confirm.note')}</p>
      <div className="rule-row">
        <span aria-hidden="true">{t('confirm.source')}</span>
        <Input
          aria-label={t('confirm.source')}
          value={source}
          maxLength={200}
          onChange={({ target }) => setSource(target.value)}
        />
      </div>
      <div className="rule-row">
        <span aria-hidden="true">{t('confirm.article')}</span>
        <Input
          aria-label={t('confirm.article')}
          value={article}
          maxLength={80}
          onChange={({ target }) => setArticle(target.value)}
        />
      </div>
      <div>
        <Button
          type="primary"
          disabled={!ready}
          loading={confirm.isPending}
          onClick={() => confirm.mutate({ rule, source: source.trim(), article: article.trim() })}
        >
          {t('confirm.verb')}
        </Button>
      </div>
      {confirm.error && <ErrorHere error={confirm.error} />}
    </section>
  )
}

/** Sets a parameter from a day on. */
export function AssignForm({ rule, param, onDone }: { rule: string; param: RuleParam; onDone: () => void }) {
  const { t } = useTranslation('rules')
  const { today } = useFormats()
  const [number, setNumber] = useState<number | null>(typeof param.value === 'number' ? param.value : null)
  const [day, setDay] = useState<string>(typeof param.value === 'string' ? param.value : '')
  const [from, setFrom] = useState(`${today.slice(0, 4)}-01-01`)
  const [source, setSource] = useState('')
  const assign = useVerb(assignRule, { touches: ['rule', 'obligation'], onDone })
  const value = param.type === 'day' ? day : number
  const ready = value !== null && value !== '' && from !== ''
  const send = () => {
    if (value === null) return
    assign.mutate({ rule, param: param.param, value, from, ...(source.trim() ? { source: source.trim() } : {}) })
  }
  return (
    <div className="rule-form">
      <div className="rule-row">
        <span aria-hidden="true">{t('assign.value')}</span>
        {param.type === 'day' ? (
          <DayField label={t('assign.value')} value={day} onChange={setDay} />
        ) : (
          <InputNumber
            aria-label={t('assign.value')}
            value={number}
            {...(param.min === null ? {} : { min: param.min })}
            {...(param.max === null ? {} : { max: param.max })}
            onChange={setNumber}
          />
        )}
      </div>
      <div className="rule-row">
        <span aria-hidden="true">{t('assign.from')}</span>
        <DayField label={t('assign.from')} value={from} onChange={setFrom} />
      </div>
      <div className="rule-row">
        <span aria-hidden="true">{t('assign.source')}</span>
        <Input
          aria-label={t('assign.source')}
          value={source}
          maxLength={120}
          onChange={({ target }) => setSource(target.value)}
        />
      </div>
      <p className="note">{t(`assign.stricter.${param.stricter}`)}</p>
      <div className="rule-verbs">
        <Button type="primary" disabled={!ready} loading={assign.isPending} onClick={send}>
          {t('assign.verb')}
        </Button>
        <Button onClick={onDone}>{t('assign.leave')}</Button>
      </div>
      {assign.error && <ErrorHere error={assign.error} />}
    </div>
  )
}
