import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { getHours } from '../../../src/modules/obligations/hours.contract.ts'
import { listMandates } from '../../../src/modules/organisation/mandate.contract.ts'
import { listTalks } from '../../../src/modules/talks/talk.contract.ts'
import { useQueryOf } from '../../lib/queries.ts'
import { useFormats, useSession } from '../../lib/session.tsx'
import { EmptyState, ErrorHere, LoadingRows } from '../../ui/messages.tsx'
import { PageBody, Panel } from '../../ui/page.tsx'
import { useKindWords } from '../activities/kinds.ts'
import { StandRows } from '../study/stands.tsx'
import { StatementPanel } from './statement-panel.tsx'
import '../study/study.css'

const FEW = 8

/** What one did and attended: hours, activities, talks; posts, mandates and the personal-matter report at the right. */
export function RecordsView() {
  const aside = (
    <>
      <WhoPanel />
      <StatementPanel />
      <MandatesPanel />
    </>
  )
  return (
    <PageBody aside={aside}>
      <HoursPanels />
      <TalksPanel />
    </PageBody>
  )
}

function HoursPanels() {
  const { t } = useTranslation('me')
  const formats = useFormats()
  const words = useKindWords()
  const navigate = useNavigate()
  const year = Number(formats.today.slice(0, 4))
  const { data, error, isPending, refetch } = useQueryOf(getHours, { year })
  if (error) return <ErrorHere error={error} retry={() => void refetch()} />
  if (isPending || !data) return <LoadingRows rows={5} />
  const latest = data.records.toSorted((a, b) => b.on.localeCompare(a.on)).slice(0, FEW)
  return (
    <>
      <Panel title={t('hours.title')} note={t('hours.note')} extra={<Link to="/study">{t('hours.all')}</Link>} flush>
        {data.rules.length === 0 ? (
          <EmptyState title={t('hours.none')} />
        ) : (
          <StandRows
            stands={data.rules}
            chosen={undefined}
            onChoose={(rule) => void navigate({ to: '/study', search: rule ? { rule } : {} })}
          />
        )}
      </Panel>
      <Panel
        title={t('attended.title', { year })}
        count={data.records.length}
        extra={data.records.length > FEW && <Link to="/study">{t('attended.all')}</Link>}
        flush
      >
        {latest.length === 0 && <EmptyState title={t('attended.none')} why={t('attended.noneWhy')} />}
        <ul>
          {latest.map(({ activityId, on, kind, hours }) => (
            <li key={`${activityId} ${on} ${kind}`} className="me-line">
              <span className="me-day">{formats.day(on)}</span>
              {activityId ? (
                <Link to="/activities/$activityId" params={{ activityId }}>
                  {words.activity(kind)}
                </Link>
              ) : (
                <span>{words.activity(kind)}</span>
              )}
              <span className="me-end note">{hours === null ? '' : t('attended.hours', { count: hours })}</span>
            </li>
          ))}
        </ul>
      </Panel>
    </>
  )
}

function TalksPanel() {
  const { t } = useTranslation('me')
  const formats = useFormats()
  const words = useKindWords()
  const session = useSession()
  const personId = session?.personId ?? ''
  const { data, error } = useQueryOf(listTalks, { personId, limit: FEW })
  const name = (who: { name: string | null } | null) => who?.name ?? t('erased')
  return (
    <Panel title={t('talks.title')} {...(data ? { count: data.total } : {})} note={t('talks.note')} flush>
      {error && <ErrorHere error={error} focus={false} />}
      {data?.items.length === 0 && <EmptyState title={t('talks.none')} why={t('talks.noneWhy')} />}
      <ul>
        {data?.items.map((talk) => (
          <li key={talk.talkId} className="me-line">
            <span className="me-day">{talk.day ? formats.day(talk.day) : formats.monthOfYear(`${talk.month}-01`)}</span>
            <span>{words.talk(talk.kind)}</span>
            {talk.shape === 'pair' && (
              <span className="me-end note">
                {talk.initiator || talk.counterpart
                  ? t('talks.pair', { one: name(talk.initiator), other: name(talk.counterpart) })
                  : t('talks.emptied')}
              </span>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** Posts and branch of today, by which the product decides what one sees. */
function WhoPanel() {
  const { t } = useTranslation('me')
  const { language } = useFormats()
  const session = useSession()
  return (
    <Panel title={t('who.title')} note={t('who.note')}>
      <ul className="me-posts">
        {session?.holdings.map(({ role, words, postId, title, unitId, unit }) => (
          <li key={`${role} ${postId} ${unitId}`}>
            <span>{[unit, title].filter(Boolean).join(' ') || words[language]}</span>
            <span className="note">{words[language]}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function MandatesPanel() {
  const { t } = useTranslation('me')
  const formats = useFormats()
  const session = useSession()
  const { data, error } = useQueryOf(listMandates, {})
  const me = session?.personId
  const mine = data?.items.filter(({ principalId, agentId }) => principalId === me || agentId === me) ?? []
  return (
    <Panel
      title={t('mandates.title')}
      extra={
        <Link to="/organisation" search={{ tab: 'mandates' }}>
          {t('mandates.all')}
        </Link>
      }
    >
      {error && <ErrorHere error={error} focus={false} />}
      {data && mine.length === 0 && <p className="note">{t('mandates.none')}</p>}
      <ul className="me-posts">
        {mine.map(({ mandateId, principalId, principal, agent, from, to, purpose }) => (
          <li key={mandateId}>
            <span>
              {principalId === me
                ? t('mandates.given', { name: agent ?? t('erased') })
                : t('mandates.held', { name: principal ?? t('erased') })}
            </span>
            <span className="note">
              {formats.range(from, to)} {purpose}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
