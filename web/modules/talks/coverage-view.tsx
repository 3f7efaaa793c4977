import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { coverTalks } from '../../../src/modules/talks/coverage.contract.ts'
import type { OutputOf } from '../../lib/client.ts'
import { useQueryOf } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { EmptyState, ErrorHere, LoadingRows } from '../../ui/messages.tsx'
import { Facts, PageBody, Panel, SidePanel } from '../../ui/page.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { YearStep } from '../../ui/year-step.tsx'
import { useKindWords } from '../activities/kinds.ts'

type Coverage = OutputOf<typeof coverTalks>
type Group = Coverage['groups'][number]
type Pair = Group['pairs'][number]
type Leader = Coverage['leaders'][number]
type Opened = { type: Group['type']; pair: Pair }

const keyOf = ({ one, other }: Pair) => `${one?.personId ?? ''} ${other.personId}`

/** Who has talked with whom this year, as ticks in the organisation's order: no sums beside a person, no content. */
export function CoverageView({ year, onYear }: { year: number; onYear: (year: number) => void }) {
  const { t } = useTranslation('talks')
  const formats = useFormats()
  const { data, error, isPending, refetch } = useQueryOf(coverTalks, { year })
  const [opened, open] = useState<Opened>()
  const late = data && data.knownFrom > `${year}-01-01`
  return (
    <>
      <div className="filter-bar">
        <YearStep year={year} last={Number(formats.today.slice(0, 4))} onYear={onYear}>
          {data && t('coverage.asOf', { day: formats.day(data.on) })}
        </YearStep>
      </div>
      <PageBody asideKind="explain" aside={opened && <PairPanel opened={opened} onClose={() => open(undefined)} />}>
        {error && <ErrorHere error={error} retry={() => void refetch()} />}
        {isPending && !error && <LoadingRows rows={8} />}
        {data && data.groups.length === 0 && (
          <Panel>
            <EmptyState title={t('coverage.none')} why={t('coverage.noneWhy')} />
          </Panel>
        )}
        {data?.groups.map((group) => (
          <GroupPanel
            key={`${group.type} ${group.unitId}`}
            group={group}
            leaders={group.type === 'leader-heads' ? data.leaders : []}
            opened={opened}
            onOpen={(pair) => open({ type: group.type, pair })}
          />
        ))}
        {data && data.groups.length > 0 && (
          <p className="note coverage-note">
            {t('coverage.note')}
            {late && t('coverage.known', { day: formats.day(data.knownFrom, { year: true }) })}
          </p>
        )}
      </PageBody>
    </>
  )
}

type PanelProps = {
  group: Group
  leaders: readonly Leader[]
  opened: Opened | undefined
  onOpen: (pair: Pair) => void
}

/** Pairs of one sort: a line for each who leads the talks, or one line where any of the committee will do. */
function GroupPanel({ group, leaders, opened, onOpen }: PanelProps) {
  const { t } = useTranslation('talks')
  const title = t(`coverage.type.${group.type}`)
  const byCommittee = group.type === 'committee-members'
  const lines = byCommittee
    ? [{ one: null, pairs: group.pairs }]
    : [...Map.groupBy(group.pairs, ({ one }) => one?.personId ?? '')].map(([, pairs]) => ({
        one: pairs[0]?.one ?? null,
        pairs,
      }))
  const people = new Set(group.pairs.map(({ other }) => other.personId)).size
  const done = new Set(group.pairs.flatMap(({ other, state }) => (state === 'done' ? [other.personId] : []))).size
  return (
    <Panel
      title={group.unitName ? t('coverage.under', { unit: group.unitName, title }) : title}
      note={t('coverage.count', { count: people, done })}
      flush
    >
      <ul className="cover-lines">
        {lines.map(({ one, pairs }) => (
          <li key={one?.personId ?? 'any'} className="cover-line" data-any={one === null || undefined}>
            {one && (
              <span className="cover-one">
                <b className="name">{one.name ?? t('list.erased')}</b>
                <span className="note">{one.title}</span>
              </span>
            )}
            <span className="cover-pairs">
              {pairs.map((pair) => (
                <PairChip
                  key={keyOf(pair)}
                  pair={pair}
                  open={opened?.type === group.type && keyOf(opened.pair) === keyOf(pair)}
                  onOpen={() => onOpen(pair)}
                />
              ))}
              <Reports leader={leaders.find(({ leader }) => leader.personId === one?.personId)} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** One pair: a tick where they have talked; a pair that has not stays blank. */
function PairChip({ pair, open, onOpen }: { pair: Pair; open: boolean; onOpen: () => void }) {
  const { t } = useTranslation('talks')
  const formats = useFormats()
  const name = pair.other.name ?? t('list.erased')
  const said = pair.lastOn ? t('coverage.last', { day: formats.day(pair.lastOn) }) : t(`coverage.state.${pair.state}`)
  return (
    <button
      type="button"
      className="cover-chip"
      data-state={pair.state}
      aria-pressed={open}
      aria-label={t('coverage.spoken', { name, said })}
      title={said}
      onClick={onOpen}
    >
      {pair.state === 'done' && <StateMark state="done" size={13} />}
      {pair.state === 'unknown' && <StateMark state="unknown" size={13} />}
      {name}
    </button>
  )
}

/** Sessions at which the leader heard reports on duty from his line. */
function Reports({ leader }: { leader: Leader | undefined }) {
  const { t } = useTranslation('talks')
  const formats = useFormats()
  const words = useKindWords()
  if (!leader || leader.reports.length === 0) return null
  return (
    <span className="cover-reports note">
      {t('coverage.heard')}
      {leader.reports.map(({ activityId, kind, on, unitName }) => (
        <Link key={activityId} to="/activities/$activityId" params={{ activityId }}>
          {[formats.day(on), unitName, words.activity(kind)].filter(Boolean).join(' ')}
        </Link>
      ))}
    </span>
  )
}

/** Day, pair and kind of what is kept of a pair; nothing else is. */
function PairPanel({ opened: { type, pair }, onClose }: { opened: Opened; onClose: () => void }) {
  const { t } = useTranslation('talks')
  const formats = useFormats()
  const words = useKindWords()
  const named = (side: Pair['one']) => [side?.name ?? t('list.erased'), side?.title].filter(Boolean).join(' ')
  return (
    <SidePanel title={pair.other.name ?? t('list.erased')} note={t(`coverage.type.${type}`)} onClose={onClose}>
      <Facts
        rows={[
          [t('coverage.one'), pair.one ? named(pair.one) : t('coverage.any')],
          [t('coverage.other'), named(pair.other)],
          [
            t('coverage.stand'),
            pair.lastOn ? t('coverage.last', { day: formats.day(pair.lastOn) }) : t(`coverage.state.${pair.state}`),
          ],
        ]}
      />
      {pair.kinds.length > 0 && (
        <ul className="cover-kinds">
          {pair.kinds.map(({ kind, lastOn }) => (
            <li key={kind}>
              <span>{words.talk(kind)}</span>
              <span>{formats.day(lastOn)}</span>
            </li>
          ))}
        </ul>
      )}
      <p className="note cover-what">{t('sentence')}</p>
      <p>
        <Link to="/talks" search={{ tab: 'list' }}>
          {t('record.title')}
        </Link>
      </p>
    </SidePanel>
  )
}
