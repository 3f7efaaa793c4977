import { Button } from 'antd'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../lib/session.tsx'
import { KeyCap } from '../../ui/key-cap.tsx'
import { StateTag } from '../../ui/state-mark.tsx'
import { useKindNames } from '../duties/names.ts'
import type { DraftVerbs } from './draft-form.tsx'
import type { Draft, Review } from './review-work.ts'
import './proposal.css'

type Proposal = NonNullable<Draft['proposal']>
type Side = Proposal['stands']
type Part = Proposal['differs'][number]

/** Confirmed drafts that change the list, and whether one of them needs a reason since its duty is issued. */
export function confirmedProposals(review: Review): { count: number; issued: boolean } {
  const chosen = review.items.filter((draft) => draft.proposal !== null && draft.state === 'confirmed')
  return { count: chosen.length, issued: chosen.some((draft) => draft.proposal?.stands.status !== 'draft') }
}

/** What a row of a list that comes back asks for, as mark and word. */
export function ProposalState({ proposal }: { proposal: Proposal }) {
  const { t } = useTranslation('documents')
  const state = proposal.hindrance === null ? 'awaiting' : 'unknown'
  return <StateTag state={state}>{t(`task.proposal.${proposal.act}`)}</StateTag>
}

/** What each part says, as text. */
function usePartText(): (part: Part, side: Side) => string {
  const { t } = useTranslation('dutyCompare')
  const names = useKindNames()
  const formats = useFormats()
  const post = (one: Side['leader']) => one?.holder ?? one?.title ?? ''
  const day = (one: string | null) => (one === null ? '' : formats.day(one))
  const texts: Record<Part, (side: Side) => string> = {
    title: ({ title }) => title ?? '',
    leader: ({ leader }) => post(leader),
    lead: ({ leadUnit }) => leadUnit?.name ?? '',
    support: ({ supportUnits }) => supportUnits.map(({ name }) => name).join('、'),
    watcher: ({ watcher }) => post(watcher),
    deadline: ({ deadline }) => day(deadline),
    cadence: ({ cadence }) => cadence ?? '',
    measures: ({ measures }) => measures.join('；'),
    milestones: ({ milestones }) => milestones.map(({ title, dueOn }) => `${title} ${day(dueOn)}`.trim()).join('；'),
    kind: ({ kind }) => names.kind(kind),
    layer: ({ layer }) => names.layer(layer),
    common: ({ common }) => t(common ? 'yes' : 'no'),
    cites: ({ cites }) => cites.map((one) => `《${one}》`).join('、'),
  }
  return (part, side) => texts[part](side) || t('nothing')
}

/** What a row of a list that comes back would change: part by part what stands and what would stand, and what hinders it. */
export function ProposalFacts({ draft, proposal }: { draft: Draft; proposal: Proposal }) {
  const { t } = useTranslation(['documents', 'duties', 'dutyCompare'])
  const text = usePartText()
  const { act, no, differs, stands, wanted, hindrance, overtaken } = proposal
  const name = (part: Part) => {
    if (part === 'cadence' || part === 'cites') return t(`documents:task.field.${part}`)
    if (part === 'deadline') return t('documents:task.field.day')
    if (part in { title: 1, leader: 1, lead: 1, support: 1, measures: 1 })
      return t(`duties:column.${part as 'title' | 'leader' | 'lead' | 'support' | 'measures'}`)
    return t(`dutyCompare:part.${part as 'watcher' | 'milestones' | 'kind' | 'layer' | 'common'}`)
  }
  return (
    <div className="proposal">
      <p>{t(`documents:task.proposal.${act}What`, { no })}</p>
      {wanted !== null && differs.length > 0 && (
        <dl className="proposal-parts">
          {differs.map((part) => (
            <Fragment key={part}>
              <dt>{name(part)}</dt>
              <dd lang="zh-CN">
                <del>
                  <span className="unseen">{t('dutyCompare:was')}</span>
                  {text(part, stands)}
                </del>{' '}
                <ins>{text(part, wanted)}</ins>
              </dd>
            </Fragment>
          ))}
        </dl>
      )}
      {wanted !== null && differs.length === 0 && <p className="note">{t('documents:task.proposal.asItStands')}</p>}
      {hindrance !== null && (
        <p className="draft-warn">
          {t(`documents:task.proposal.hindrance.${hindrance}`, {
            parts: overtaken.map(name).join('、'),
            names: draft.fields.unresolved.join('、'),
          })}
        </p>
      )}
    </div>
  )
}

/** A proposal is taken or left; it is not merged, split or moved. */
export function ProposalButtons({ proposal, verbs }: { proposal: Proposal; verbs: DraftVerbs }) {
  const { t } = useTranslation('documents')
  return (
    <div className="draft-buttons">
      <Button size="small" type="primary" onClick={verbs.confirm}>
        {t(`task.proposal.${proposal.act}Take`)} <KeyCap>Enter</KeyCap>
      </Button>
      <Button size="small" onClick={verbs.reject}>
        {t('task.proposal.leave')} <KeyCap>X</KeyCap>
      </Button>
    </div>
  )
}
