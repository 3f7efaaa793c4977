import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { getHours } from '../../../src/modules/obligations/hours.contract.ts'
import { getPerson } from '../../../src/modules/organisation/person.contract.ts'
import type { OutputOf } from '../../lib/client.ts'
import { isAbsent, useQueryOf } from '../../lib/queries.ts'
import { useFormats, useSession } from '../../lib/session.tsx'
import { EmptyState, ErrorHere, LoadingRows, NoRight } from '../../ui/messages.tsx'
import { PageBody, PageHead, Panel } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-mark.tsx'
import { useKindWords } from '../activities/kinds.ts'
import { stateOf } from '../obligations/stand.ts'
import './organisation.css'

type Person = OutputOf<typeof getPerson>

/** One person, as far as the reader may see: posts, branches, and where it is the reader's to see, hours with their records. */
export function PersonPage() {
  const { personId } = useParams({ from: '/inside/persons/$personId' })
  const { t } = useTranslation('person')
  const { data, error, refetch } = useQueryOf(getPerson, { personId }, { keep: false })
  if (isAbsent(error)) return <NoRight />
  if (error) return <ErrorHere error={error} retry={() => void refetch()} />
  if (!data) return <LoadingRows />
  const now = data.posts.filter(({ to }) => to === null)
  return (
    <>
      <PageHead
        title={data.name ?? t('erased')}
        crumb={<Link to="/organisation">{t('organisation')}</Link>}
        sentence={<span lang="zh-CN">{now.map(({ title }) => title).join('、')}</span>}
      />
      <PageBody
        aside={
          <Panel title={t('limits')}>
            <p className="support">{t('limitsWhy')}</p>
          </Panel>
        }
      >
        <Held person={data} />
        <Hours personId={personId} />
      </PageBody>
    </>
  )
}

function Held({ person: { posts, memberships } }: { person: Person }) {
  const { t } = useTranslation('person')
  const formats = useFormats()
  const session = useSession()
  const days = (from: string, to: string | null) =>
    to === null
      ? t('since', { day: formats.day(from, { year: true }) })
      : t('between', { from: formats.day(from, { year: true }), to: formats.day(to, { year: true }) })
  const duties = session?.roles.some((role) => role !== 'member') ?? false
  return (
    <>
      <Panel title={t('posts')} count={posts.length}>
        {posts.length === 0 && <EmptyState title={t('noPosts')} />}
        <ul className="person-lines">
          {posts.map(({ postId, title, unit, from, to }) => (
            <li key={`${postId} ${from}`}>
              <b className="name" lang="zh-CN">
                {title}
              </b>
              <span className="support" lang="zh-CN">
                {unit}
              </span>
              <span className="note">{days(from, to)}</span>
              {duties && to === null && (
                <Link to="/duties" search={{ leader: postId }}>
                  {t('duties')}
                </Link>
              )}
            </li>
          ))}
        </ul>
      </Panel>
      <Panel title={t('branches')} count={memberships.length}>
        {memberships.length === 0 && <EmptyState title={t('noBranches')} why={t('noBranchesWhy')} />}
        <ul className="person-lines">
          {memberships.map(({ unitId, unit, standing, from, to }) => (
            <li key={`${unitId} ${from} ${standing}`}>
              <b className="name" lang="zh-CN">
                {unit}
              </b>
              <span className="support">{t(`standing.${standing}`)}</span>
              <span className="note">{days(from, to)}</span>
            </li>
          ))}
        </ul>
      </Panel>
    </>
  )
}

/** Hours and the records that they come from; the panel is absent where they are not the reader's to see. */
function Hours({ personId }: { personId: string }) {
  const { t } = useTranslation(['person', 'study'])
  const formats = useFormats()
  const words = useKindWords()
  const { data } = useQueryOf(getHours, { personId }, { keep: false })
  if (!data || data.rules.length === 0) return null
  const records = new Map(data.rules.flatMap((rule) => rule.records.map((one) => [`${one.activityId} ${one.on}`, one])))
  return (
    <Panel title={t('hours', { year: data.year })} note={t('hoursNote')}>
      <ul className="person-lines">
        {data.rules.map((rule) => {
          const state = stateOf(rule, formats.today)
          return (
            <li key={rule.rule}>
              <b className="name">{rule.words[formats.language]}</b>
              <span className="support">{t('of', { counted: rule.counted, needed: rule.needed })}</span>
              <StateTag state={state}>{t(`study:state.${state}`)}</StateTag>
            </li>
          )
        })}
      </ul>
      {records.size > 0 && (
        <details>
          <summary>{t('records', { count: records.size })}</summary>
          <ul className="person-lines">
            {[...records.values()].toReversed().map((record) => (
              <li key={`${record.activityId} ${record.on} ${record.kind}`}>
                <span className="note">{formats.day(record.on)}</span>
                {record.activityId ? (
                  <Link to="/activities/$activityId" params={{ activityId: record.activityId }}>
                    {words.activity(record.kind)}
                  </Link>
                ) : (
                  <span>{words.activity(record.kind)}</span>
                )}
              </li>
            ))}
          </ul>
        </details>
      )}
    </Panel>
  )
}
