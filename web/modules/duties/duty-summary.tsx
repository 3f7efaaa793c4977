import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormats, useSession } from '../../lib/session.tsx'
import { Facts, Panel } from '../../ui/page.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { stateWord } from '../../ui/states.ts'
import { type Duty, proofsOf } from './duty-course.tsx'
import { type DutyRow, dueInk, UnitNames } from './marks.tsx'
import { useKindNames } from './names.ts'

const circled = '①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳'

/** The number of a measure in a circle. */
export function circledNo(at: number): string {
  return circled[at] ?? `(${at + 1})`
}

function Post({ post }: { post: DutyRow['leader'] }) {
  const { t } = useTranslation('duties')
  if (!post) return <span className="note">{t('duty.none')}</span>
  return (
    <span lang="zh-CN">
      {post.holder ? (
        <>
          {post.holder} <span className="support">{post.title}</span>
        </>
      ) : (
        t('vacant', { title: post.title })
      )}
    </span>
  )
}

/** The due day with its history: what it was, how often it was extended, what is asked for. */
function Due({ duty }: { duty: Duty }) {
  const { t } = useTranslation('duties')
  const formats = useFormats()
  const history = [
    duty.deadline && duty.deadline !== duty.dueOn && t('duty.dueWas', { day: formats.day(duty.deadline) }),
    duty.extended > 0 && t('duty.extended', { count: duty.extended }),
    duty.askedDueOn && t('duty.asked', { day: formats.day(duty.askedDueOn) }),
    duty.reopened > 0 && t('duty.reopened', { count: duty.reopened }),
  ].filter(Boolean)
  return (
    <>
      {duty.dueOn ? (
        <span style={{ color: dueInk(duty.mark) }}>{formats.day(duty.dueOn)}</span>
      ) : (
        <span className="note">{t('duty.noDue')}</span>
      )}
      {history.length > 0 && <span className="note"> {history.join(t('group.comma'))}</span>}
    </>
  )
}

/** Milestones with what became of each. */
function Timetable({ duty }: { duty: Duty }) {
  const formats = useFormats()
  return (
    <span className="duty-steps" lang="zh-CN">
      {duty.timetable.map((step) => {
        const state = step.doneOn ? 'done' : step.dueOn && step.dueOn < formats.today ? 'late' : 'notdue'
        const day = step.doneOn ?? step.dueOn
        return (
          <span key={`${step.title} ${step.dueOn}`} className="keep">
            <StateMark state={state} size={12} label={stateWord(state, formats.language)} /> {step.title}
            {day && ` ${formats.day(day)}`}
          </span>
        )
      })}
    </span>
  )
}

/** Who owes the duty, until when, and what shows that it is done. */
export function DutySummary({ duty }: { duty: Duty }) {
  const { t } = useTranslation('duties')
  const names = useKindNames()
  const formats = useFormats()
  return (
    <Panel>
      <div className="duty-facts">
        <Facts
          rows={[
            [t('duty.leader'), <Post key="leader" post={duty.leader} />],
            [
              t('duty.lead'),
              <span key="lead" lang="zh-CN">
                {duty.leadUnit?.name ?? t(duty.common ? 'everybody' : 'unassigned')}
              </span>,
            ],
            [
              t('duty.support'),
              duty.supportUnits.length > 0 ? (
                <UnitNames key="support" units={duty.supportUnits} />
              ) : (
                <Post key="support" post={null} />
              ),
            ],
            [t('duty.watcher'), <Post key="watcher" post={duty.watcher} />],
            [t('duty.kind'), names.kind(duty.kind)],
          ]}
        />
        <Facts
          rows={[
            [t('duty.due'), <Due key="due" duty={duty} />],
            ...(duty.cadence
              ? [
                  [
                    t('duty.cadence'),
                    <span key="cadence" lang="zh-CN">
                      {duty.cadence}
                    </span>,
                  ] as const,
                ]
              : []),
            [
              t('duty.measures'),
              duty.measures.length > 0 ? (
                <span key="measures" lang="zh-CN">
                  {duty.measures.map((measure, at) => `${circledNo(at)} ${measure}`).join('；')}
                </span>
              ) : (
                <span key="measures" className="note">
                  {t('duty.noMeasures')}
                </span>
              ),
            ],
            ...(duty.timetable.length > 0
              ? [[t('duty.timetable'), <Timetable key="steps" duty={duty} />] as const]
              : []),
            ...(duty.closedOn ? [[t('duty.closedOn'), formats.day(duty.closedOn)] as const] : []),
          ]}
        />
      </div>
    </Panel>
  )
}

/** The sentence of the document from which the duty comes, in the document's face. */
export function DutySource({ duty }: { duty: Duty }) {
  const { t } = useTranslation('duties')
  const formats = useFormats()
  const roles = useSession()?.roles ?? []
  const reads = roles.includes('office') || roles.includes('supervision-reader')
  const { origin, quote } = duty
  const title =
    origin.noun === 'instruction'
      ? [t('source.instruction'), origin.title].filter(Boolean).join(t('group.comma'))
      : origin.title && t('source.document', { title: origin.title })
  return (
    <Panel title={t('source.title')}>
      {origin.noun === 'none' ? (
        <p className="note">{t('source.none')}</p>
      ) : (
        <p className="doc duty-quote" lang="zh-CN">
          <span className="span span-open">{quote ?? t('source.erased')}</span>
        </p>
      )}
      {title && (
        <p className="note" lang="zh-CN">
          {origin.noun === 'document' && origin.id && reads ? (
            <Link to="/documents/$id/review" params={{ id: origin.id }}>
              {title}
            </Link>
          ) : (
            title
          )}
          {origin.on && ` ${formats.day(origin.on)}`}
        </p>
      )}
    </Panel>
  )
}

/** What was handed in at the last submission, one paper a measure. */
export function DutyProofs({ duty }: { duty: Duty }) {
  const { t } = useTranslation('duties')
  const proofs = proofsOf(duty.timeline.find((one) => one.event === 'submitted'))
  return (
    <Panel title={t('proofs.title')} count={proofs.length} note={t('proofs.note')}>
      {proofs.length === 0 ? (
        <p className="note">{t('proofs.none')}</p>
      ) : (
        <ul className="duty-proofs">
          {proofs.map((proof, at) => (
            // Papers stand in the order of the measures and may repeat.
            // biome-ignore lint/suspicious/noArrayIndexKey: order is fixed
            <li key={at}>
              <span lang="zh-CN">{proof}</span>
              <span className="note">{t('proofs.basis', { no: circledNo(at) })}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

/** Numbered amendments of the duty after its issue. */
export function DutyAmendments({ duty }: { duty: Duty }) {
  const { t } = useTranslation('duties')
  const formats = useFormats()
  if (duty.amendments.length === 0) return null
  const word = (act: string) =>
    act === 'added' || act === 'changed' || act === 'dropped' ? t(`amendments.${act}`) : act
  return (
    <Panel title={t('amendments.title')} count={duty.amendments.length}>
      <ul className="duty-proofs">
        {duty.amendments.map((one) => (
          <li key={one.no}>
            <span>
              {t('amendments.line', { no: one.no })} {word(one.act)} <span lang="zh-CN">{one.reason}</span>
            </span>
            <span className="note">{formats.day(one.onDay)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
