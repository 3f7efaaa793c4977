import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { getHours, type listHours } from '../../../src/modules/obligations/hours.contract.ts'
import type { OutputOf } from '../../lib/client.ts'
import { useQueryOf } from '../../lib/queries.ts'
import { useFormats, useHolder } from '../../lib/session.tsx'
import { ErrorHere, LoadingRows } from '../../ui/messages.tsx'
import { Panel } from '../../ui/page.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { stateWord } from '../../ui/states.ts'
import { useKindWords } from '../activities/kinds.ts'
import { stateOf } from '../obligations/stand.ts'
import { FEW } from './duties.ts'

type Stand = OutputOf<typeof listHours>['items'][number]['rules'][number]

/** How many persons reached what each rule of study asks. */
export function hoursOf(people: OutputOf<typeof listHours>['items']) {
  const rules = new Map<string, { rule: string; words: Stand['words']; met: number; all: number }>()
  for (const { rules: stands } of people)
    for (const { rule, words, outcome } of stands) {
      const line = rules.get(rule) ?? { rule, words, met: 0, all: 0 }
      rules.set(rule, { ...line, met: line.met + (outcome === 'met' ? 1 : 0), all: line.all + 1 })
    }
  return [...rules.values()]
}

/** One's own hours, each with what is still missing, and the last records at which one was present. */
export function HoursPanels() {
  const { t } = useTranslation('today')
  const formats = useFormats()
  const kinds = useKindWords()
  const personId = useHolder()?.personId ?? null
  const { data, error, refetch } = useQueryOf(getHours, personId === null ? {} : { personId }, {
    enabled: personId !== null,
  })
  if (personId === null) return null
  if (error) return <ErrorHere error={error} retry={() => void refetch()} focus={false} />
  if (!data)
    return (
      <Panel title={t('hours.title')}>
        <LoadingRows rows={3} height={35} />
      </Panel>
    )
  return (
    <>
      {data.rules.length > 0 && (
        <Panel title={t('hours.title')} note={t('hours.note')} flush>
          <ul className="work-rows">
            {data.rules.map((stand) => {
              const state = stateOf(stand, formats.today)
              return (
                <li key={stand.rule} className="work-row">
                  <StateMark state={state} label={stateWord(state, formats.language)} />
                  <span className="work-what">
                    <span className="work-title">{stand.words[formats.language]}</span>
                    <span className="work-note">
                      {stand.short > 0 ? t('hours.short', { short: stand.short }) : t('hours.enough')}
                    </span>
                  </span>
                  <span className="work-due">
                    <Link to="/obligations" search={{ tab: 'hours', rule: stand.rule }}>
                      {t('hours.have', { counted: stand.counted, needed: stand.needed })}
                    </Link>
                  </span>
                  <span className="work-act note">{formats.day(stand.dueOn)}</span>
                </li>
              )
            })}
          </ul>
        </Panel>
      )}
      {data.records.length > 0 && (
        <Panel
          title={t('hours.records')}
          count={data.records.length}
          flush
          extra={<Link to="/activities">{t('panel.all')}</Link>}
        >
          <ul className="work-rows">
            {[...data.records]
              .sort((a, b) => (a.on < b.on ? 1 : -1))
              .slice(0, FEW)
              .map((record) => (
                <li key={`${record.on} ${record.kind} ${record.activityId}`} className="work-row">
                  <StateMark state="done" />
                  <span className="work-what">
                    {record.activityId ? (
                      <Link
                        to="/activities/$activityId"
                        params={{ activityId: record.activityId }}
                        className="work-title"
                      >
                        {kinds.activity(record.kind)}
                      </Link>
                    ) : (
                      <span className="work-title">{kinds.activity(record.kind)}</span>
                    )}
                  </span>
                  <span className="work-due">
                    {record.hours === null ? '' : t('hours.hours', { count: record.hours })}
                  </span>
                  <span className="work-act note">{formats.day(record.on)}</span>
                </li>
              ))}
          </ul>
        </Panel>
      )}
    </>
  )
}
