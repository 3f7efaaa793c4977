import { useTranslation } from 'react-i18next'
import { listMetrics } from '../../../src/modules/reports/report.contract.ts'
import { useQueryOf } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { LoadingRows } from '../../ui/messages.tsx'
import { Panel, Tag } from '../../ui/page.tsx'
import type { Draft } from './draft.ts'
import type { Effects } from './effects.ts'
import { activityKind, useKindWords } from './kinds.ts'
import { MeetsPanel, NearlyPanel, type useMeets } from './meets-panel.tsx'

type Meets = NonNullable<ReturnType<typeof useMeets>>

/** Names and units of what the figures count, by their ids. */
export function useMetricWords() {
  const { language } = useFormats()
  const { data } = useQueryOf(listMetrics, {})
  return (id: string, topic: string | null): { name: string; unit: string } => {
    const metric = data?.items.find((item) => item.id === id)
    const tail = topic === null ? '' : language === 'zh' ? `（${topic}）` : ` (${topic})`
    return { name: `${metric?.name[language] ?? id}${tail}`, unit: language === 'zh' ? (metric?.units[0] ?? '') : '' }
  }
}

function Pair({ label, value }: { label: string; value: string | number }) {
  return (
    <p className="effect-line">
      <span>{label}</span>
      <span>{value}</span>
    </p>
  )
}

function Counts({ draft, effects }: { draft: Draft; effects: Effects }) {
  const { t } = useTranslation('activities')
  const words = useKindWords()
  const kinds = [draft.kind, ...draft.alsoKinds].map(words.activity)
  const { expected, present, voters, mark } = effects
  const joined = useFormats().language === 'zh' ? kinds.join('、') : kinds.join(', ')
  return (
    <Panel title={t('effect.title')} note={t('effect.note')}>
      <Pair label={t('effect.counts')} value={joined} />
      {expected !== null && <Pair label={t('field.expected')} value={t('effect.people', { count: expected })} />}
      {present !== null && <Pair label={t('field.present')} value={t('effect.people', { count: present })} />}
      {voters !== null && <Pair label={t('field.voters')} value={t('effect.people', { count: voters })} />}
      {activityKind(draft.kind)?.attendance === 'none' && <p className="note">{t('note.none')}</p>}
      <p className="effect-line">
        <span>{t('effect.entry')}</span>
        {mark ? <Tag>{t(`mark.${mark}`)}</Tag> : <span>{t('effect.onTime')}</span>}
      </p>
      {mark && <p className="note">{t(`effect.${mark}`)}</p>}
    </Panel>
  )
}

function Figures({ draft, effects, unit }: { draft: Draft; effects: Effects; unit: string }) {
  const { t } = useTranslation('activities')
  const formats = useFormats()
  const words = useKindWords()
  const metricWords = useMetricWords()
  return (
    <Panel title={t('effect.figures')} note={t('effect.year', { year: draft.happenedOn.slice(0, 4) })}>
      {effects.figures.length === 0 && <p className="note">{t('effect.noFigures')}</p>}
      {effects.figures.map(({ metric, over, before, after, topic }) => {
        const { name, unit: measure } = metricWords(metric, topic && words.topic(topic))
        return (
          <p key={`${metric} ${over} ${topic}`} className="effect-line">
            <span>
              {name} <span className="note keep">{over === 'bureau' ? t('effect.bureau') : unit}</span>
            </span>
            <span className="keep">
              <span aria-hidden="true">
                {formats.count(before)} → <b>{formats.count(after)}</b> {measure}
              </span>
              <span className="unseen">
                {t('effect.change', { before: formats.count(before), after: formats.count(after) })}
              </span>
            </span>
          </p>
        )
      })}
    </Panel>
  )
}

/** The right column: what the record will say and which figures it changes, while it is typed. */
export function EffectsPanel({
  draft,
  effects,
  ready,
  unit,
  meets,
  figures = true,
}: {
  draft: Draft
  effects: Effects | undefined
  ready: boolean
  unit: string
  /** What the rules would say of it. */
  meets?: Meets | undefined
  /** Whether to tell the figures that saving changes. */
  figures?: boolean
}) {
  const { t } = useTranslation('activities')
  if (!ready)
    return (
      <Panel title={t('effect.title')} note={t('effect.note')}>
        <p className="note">{t('effect.empty')}</p>
      </Panel>
    )
  if (!effects)
    return (
      <Panel title={t('effect.title')} flush>
        <LoadingRows rows={4} height={28} />
      </Panel>
    )
  return (
    <>
      {meets && <MeetsPanel preview={meets} />}
      {meets && <NearlyPanel preview={meets} />}
      <Counts draft={draft} effects={effects} />
      {figures && <Figures draft={draft} effects={effects} unit={unit} />}
    </>
  )
}
