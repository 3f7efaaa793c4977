import { Link } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { excuseObligation } from '../../../src/modules/obligations/excuse.contract.ts'
import { getObligation } from '../../../src/modules/obligations/obligation.contract.ts'
import type { OutputOf } from '../../lib/client.ts'
import { useQueryOf, useVerb } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { ErrorHere, LoadingRows } from '../../ui/messages.tsx'
import { Facts, SidePanel, Tag } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-mark.tsx'
import { stateOf } from './stand.ts'

type Explained = OutputOf<typeof getObligation>
type RecordLine = Explained['metBy'][number]

/** Why an obligation stands as it does: verdict, window, what counted, what nearly did, the rule, and what can be done. */
export function ExplainPanel({ obligationId, onClose }: { obligationId: string; onClose: () => void }) {
  const { t } = useTranslation('obligations')
  const formats = useFormats()
  const { data, error, isPending, refetch } = useQueryOf(getObligation, { obligationId }, { keep: false })
  const language = formats.language
  const title = data
    ? t('explain.title', { who: data.subject.name ?? t('erased'), what: data.words[language] })
    : t('title')
  return (
    <SidePanel title={title} onClose={onClose}>
      {error && <ErrorHere error={error} retry={() => void refetch()} />}
      {isPending && !error && <LoadingRows rows={6} height={28} />}
      {data && (
        <>
          <Verdict owed={data} />
          <Records owed={data} />
          <Basis owed={data} />
          <Steps owed={data} />
          <WhatToDo owed={data} />
        </>
      )}
    </SidePanel>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="owed-part">
      <h3>{title}</h3>
      {children}
    </section>
  )
}

function useAmount() {
  const { t } = useTranslation('obligations')
  return (amount: number, of: string) =>
    t(of === 'count' ? 'amount.count' : of === 'hours' ? 'amount.hours' : 'amount.other', { count: amount })
}

function Verdict({ owed }: { owed: Explained }) {
  const { t } = useTranslation('obligations')
  const formats = useFormats()
  const amount = useAmount()
  const state = stateOf(owed, formats.today)
  return (
    <>
      <p className="owed-verdict">
        <StateTag state={state}>
          {t(`verdict.${owed.expected && owed.outcome === 'unmet' ? 'expected' : owed.outcome}`)}
        </StateTag>
      </p>
      <Facts
        rows={[
          [t('explain.window'), formats.range(owed.windowFrom, owed.windowTo)],
          ...(owed.dueOn === owed.windowTo ? [] : [[t('explain.due'), formats.day(owed.dueOn)] as const]),
          [t('explain.need'), amount(owed.needed, owed.of)],
          [t('explain.have'), amount(owed.counted, owed.of)],
          ...(owed.metOn ? [[t('explain.metOn'), formats.day(owed.metOn)] as const] : []),
        ]}
      />
      {owed.missing.length > 0 && (
        <p className="owed-near">{owed.missing.map(({ words }) => words[formats.language]).join(t('comma'))}</p>
      )}
    </>
  )
}

function RecordRow({ record }: { record: RecordLine }) {
  const { t } = useTranslation('obligations')
  const formats = useFormats()
  const name = record.title ?? t(`record.${record.type}`)
  const words = t('record.dated', { day: formats.day(record.on), name })
  return (
    <li>
      {record.type === 'activity' && record.recordId ? (
        <Link to="/activities/$activityId" params={{ activityId: record.recordId }}>
          {words}
        </Link>
      ) : (
        words
      )}
      {record.reason && t('record.why', { why: record.reason[formats.language] })}
    </li>
  )
}

function Records({ owed }: { owed: Explained }) {
  const { t } = useTranslation('obligations')
  return (
    <>
      {owed.metBy.length > 0 && (
        <Part title={t('explain.metBy')}>
          <ul>
            {owed.metBy.map((record) => (
              <RecordRow key={`${record.type} ${record.on} ${record.recordId}`} record={record} />
            ))}
          </ul>
        </Part>
      )}
      {owed.near.length > 0 && owed.outcome !== 'met' && (
        <div className="owed-near">
          <h3>{t('explain.near')}</h3>
          <ul>
            {owed.near.map((record) => (
              <RecordRow key={`${record.type} ${record.on} ${record.recordId} ${record.why}`} record={record} />
            ))}
          </ul>
        </div>
      )}
    </>
  )
}

function Basis({ owed }: { owed: Explained }) {
  const { t } = useTranslation('obligations')
  const formats = useFormats()
  const language = formats.language
  return (
    <Part title={t('explain.basis')}>
      <p>
        {t('explain.source', { source: owed.source[language] })}
        {owed.article && t('explain.article', { article: owed.article })}
        {owed.says[language]}
      </p>
      <p className="note">
        {owed.unconfirmed && <Tag>{t('unconfirmed')}</Tag>} {t(`explain.strict.${owed.strictness}`)}
        {owed.localSource && t('explain.local', { source: owed.localSource })}
      </p>
      {owed.readings.map((reading) => (
        <p key={reading.zh} className="note">
          {t('explain.reading', { says: reading[language] })}
        </p>
      ))}
      <p className="note">{t('explain.rule', { rule: owed.rule, day: formats.day(owed.version, { year: true }) })}</p>
    </Part>
  )
}

function Steps({ owed }: { owed: Explained }) {
  const { t } = useTranslation('obligations')
  const formats = useFormats()
  const [shown, show] = useState(false)
  return (
    <Part title={t('explain.steps')}>
      {shown ? (
        <ol className="owed-steps">
          {owed.trace.map(({ code, words }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: steps never change places
            <li key={`${code} ${at}`}>{words[formats.language]}</li>
          ))}
        </ol>
      ) : (
        <button type="button" className="link" onClick={() => show(true)}>
          {t('explain.showSteps', { count: owed.trace.length })}
        </button>
      )}
    </Part>
  )
}

function WhatToDo({ owed }: { owed: Explained }) {
  const { t } = useTranslation('obligations')
  const [reason, say] = useState('')
  const excuse = useVerb(excuseObligation, { touches: ['obligation', 'notice'], onDone: () => say('') })
  const done = owed.outcome === 'met' || owed.outcome === 'late' || owed.outcome === 'excused'
  if (done || owed.outcome === 'upcoming') return null
  return (
    <Part title={t('explain.do')}>
      <div className="owed-reason">
        {owed.mayExcuse && (
          <Input.TextArea
            aria-label={t('explain.reason')}
            value={reason}
            maxLength={200}
            rows={3}
            placeholder={t('explain.reasonHint')}
            onChange={({ target }) => say(target.value)}
          />
        )}
        <div className="owed-verbs">
          {owed.mayExcuse && (
            <Button
              disabled={reason.trim() === ''}
              loading={excuse.isPending}
              onClick={() => excuse.mutate({ obligationId: owed.obligationId, reason: reason.trim() })}
            >
              {t(owed.expected ? 'explain.state' : 'explain.excuse')}
            </Button>
          )}
          <Link to="/activities/new" search={owed.subject.type === 'unit' ? { unitId: owed.subject.id } : {}}>
            {t('explain.record')}
          </Link>
        </div>
        {excuse.error && <ErrorHere error={excuse.error} />}
      </div>
    </Part>
  )
}
