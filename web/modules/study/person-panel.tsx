import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { personClasses } from '../../../src/core/rules/rule.ts'
import { getHours } from '../../../src/modules/obligations/hours.contract.ts'
import {
  amendOpening,
  listOpenings,
  recordOpening,
  withdrawOpening,
} from '../../../src/modules/obligations/opening.contract.ts'
import { assignClass, closeClass, listClasses } from '../../../src/modules/organisation/class.contract.ts'
import { call, type OutputOf } from '../../lib/client.ts'
import { useQueryOf } from '../../lib/queries.ts'
import { useFormats, useSession } from '../../lib/session.tsx'
import { ErrorHere, LoadingRows } from '../../ui/messages.tsx'
import { Facts, SidePanel } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-mark.tsx'
import { useKindWords } from '../activities/kinds.ts'
import { stateOf } from '../obligations/stand.ts'
import { type Act, ActDialog } from '../organisation/act-dialog.tsx'
import { type Hours, Unstated, useAmount } from './stands.tsx'

type Opening = OutputOf<typeof listOpenings>['items'][number]

/** One person's hours; for the training handler also which rules are for him, and the hours that he brought along. */
export function PersonPanel({ personId, year, onClose }: { personId: string; year: number; onClose: () => void }) {
  const { t } = useTranslation('study')
  const session = useSession()
  const handles = session?.roles.includes('office') ?? false
  const { data, error, isPending, refetch } = useQueryOf(getHours, { personId, year }, { keep: false })
  const [act, ask] = useState<Act>()
  return (
    <SidePanel
      title={data ? (data.name ?? t('erased')) : t('title')}
      note={t('panel.year', { year })}
      onClose={onClose}
    >
      {error && <ErrorHere error={error} retry={() => void refetch()} />}
      {isPending && !error && <LoadingRows rows={6} height={28} />}
      {data && <Rules hours={data} />}
      {data && handles && <ClassPart personId={personId} name={data.name ?? t('erased')} onAct={ask} />}
      {data && handles && <OpeningPart hours={data} onAct={ask} />}
      {act && <ActDialog key={act.title} act={act} onClose={() => ask(undefined)} />}
    </SidePanel>
  )
}

function Rules({ hours }: { hours: Hours }) {
  const { t } = useTranslation('study')
  const formats = useFormats()
  const words = useKindWords()
  const amount = useAmount()
  if (hours.rules.length === 0) return <p className="note">{t('rules.none')}</p>
  return hours.rules.map((stand) => {
    const state = stateOf(stand, formats.today)
    return (
      <section key={stand.rule} className="study-part">
        <h3>{stand.words[formats.language]}</h3>
        <p>
          <StateTag state={state}>{t(`state.${state}`)}</StateTag>{' '}
          {t('sum', { counted: stand.counted, needed: amount(stand.needed, stand.of) })}
          {stand.short > 0 && t('panel.short', { amount: amount(stand.short, stand.of) })}
        </p>
        <p className="note">{formats.range(stand.windowFrom, stand.windowTo)}</p>
        <Unstated stand={stand} />
        <ul className="study-lines">
          {stand.opening.map(({ on, amount: hoursBrought }) => (
            <li key={on}>
              <span>{t('records.opening', { day: formats.day(on, { year: true }) })}</span>
              <span>{amount(hoursBrought, stand.of)}</span>
            </li>
          ))}
          {stand.records.toReversed().map((record) => (
            <li key={`${record.activityId} ${record.on} ${record.kind}`}>
              <span className="study-day">{formats.day(record.on)}</span>
              <span className="study-what">
                {record.activityId ? (
                  <Link to="/activities/$activityId" params={{ activityId: record.activityId }}>
                    {words.activity(record.kind)}
                  </Link>
                ) : (
                  words.activity(record.kind)
                )}
              </span>
              <span>{amount(record.amount, stand.of)}</span>
            </li>
          ))}
        </ul>
      </section>
    )
  })
}

type PartProps = { onAct: (act: Act) => void }

/** Which rules of training and reporting are for him: his class, said with a day. */
function ClassPart({ personId, name, onAct }: PartProps & { personId: string; name: string }) {
  const { t } = useTranslation('study')
  const formats = useFormats()
  const { data, error } = useQueryOf(listClasses, { personId }, { keep: false })
  const current = data?.items[0]
  const assign: Act = {
    title: t('class.assign', { name }),
    note: t('class.note'),
    fields: [
      {
        key: 'class',
        label: t('class.title'),
        type: 'choice',
        choices: personClasses.map((one) => ({ value: one, label: t(`class.is.${one}`) })),
      },
      { key: 'from', label: t('class.from'), type: 'day', initial: formats.today },
    ],
    send: (typed) =>
      call(assignClass, {
        personId,
        class: typed['class'] as (typeof personClasses)[number],
        from: typed['from'] ?? '',
      }),
  }
  return (
    <section className="study-part">
      <h3>{t('class.title')}</h3>
      {error && <ErrorHere error={error} />}
      <p>
        {current
          ? t('class.since', { class: t(`class.is.${current.class}`), day: formats.day(current.from, { year: true }) })
          : t('class.none')}
      </p>
      <div className="study-verbs">
        <Button size="small" onClick={() => onAct(assign)}>
          {t(current ? 'class.change' : 'class.say')}
        </Button>
        {current && (
          <Button
            size="small"
            onClick={() =>
              onAct({
                title: t('class.end', { name }),
                fields: [{ key: 'on', label: t('class.lastDay'), type: 'day', initial: formats.today }],
                send: ({ on = '' }) => call(closeClass, { classId: current.classId, on }),
              })
            }
          >
            {t('class.endVerb')}
          </Button>
        )}
      </div>
    </section>
  )
}

/** Hours from before the records begin, for the rules of several years. */
function OpeningPart({ hours, onAct }: PartProps & { hours: Hours }) {
  const { t } = useTranslation('study')
  const formats = useFormats()
  const session = useSession()
  const { personId } = hours
  const { data, error } = useQueryOf(listOpenings, { personId }, { keep: false })
  const said = data?.items ?? []
  const several = hours.rules.filter(({ windowFrom, windowTo }) => windowFrom.slice(0, 4) !== windowTo.slice(0, 4))
  const open = several.filter(({ rule }) => !said.some((one) => one.rule === rule))
  const ruleName = (id: string) => hours.rules.find(({ rule }) => rule === id)?.words[formats.language] ?? id
  const amountField = (initial?: string) =>
    ({ key: 'amount', label: t('opening.amount'), type: 'number', places: 2, ...(initial ? { initial } : {}) }) as const
  const dayField = (initial?: string) =>
    ({ key: 'on', label: t('opening.on'), type: 'day', ...(initial ? { initial } : {}) }) as const
  const reason = { key: 'reason', label: t('opening.reason'), type: 'text', max: 200 } as const
  const amend = (one: Opening): Act => ({
    title: t('opening.amend', { rule: ruleName(one.rule) }),
    fields: [amountField(String(one.amount)), dayField(one.on), reason],
    send: ({ amount = '', on = '', reason: why = '' }) =>
      call(amendOpening, { openingId: one.openingId, amount: Number(amount), on, reason: why }),
  })
  const take = (one: Opening): Act => ({
    title: t('opening.withdraw', { rule: ruleName(one.rule) }),
    fields: [reason],
    verb: t('opening.withdrawVerb'),
    send: ({ reason: why = '' }) => call(withdrawOpening, { openingId: one.openingId, reason: why }),
  })
  const record: Act = {
    title: t('opening.record'),
    note: t('opening.note', { day: formats.day(session?.bureau.goLiveOn ?? formats.today, { year: true }) }),
    fields: [
      {
        key: 'rule',
        label: t('opening.rule'),
        type: 'choice',
        choices: open.map(({ rule, words }) => ({ value: rule, label: words[formats.language] })),
        ...(open[0] ? { initial: open[0].rule } : {}),
      },
      amountField(),
      dayField(),
    ],
    send: ({ rule = '', amount = '', on = '' }) => call(recordOpening, { personId, rule, amount: Number(amount), on }),
  }
  if (several.length === 0 && said.length === 0) return null
  return (
    <section className="study-part">
      <h3>{t('opening.title')}</h3>
      {error && <ErrorHere error={error} />}
      {said.map((one) => (
        <div key={one.openingId}>
          <Facts
            rows={[
              [t('opening.rule'), ruleName(one.rule)],
              [t('opening.amount'), t('amount.hours', { count: one.amount })],
              [t('opening.on'), formats.day(one.on, { year: true })],
            ]}
          />
          <div className="study-verbs">
            <Button size="small" onClick={() => onAct(amend(one))}>
              {t('opening.amendVerb')}
            </Button>
            <Button size="small" onClick={() => onAct(take(one))}>
              {t('opening.withdrawVerb')}
            </Button>
          </div>
        </div>
      ))}
      {open.length > 0 && (
        <div className="study-verbs">
          <Button size="small" onClick={() => onAct(record)}>
            {t('opening.record')}
          </Button>
        </div>
      )}
    </section>
  )
}
