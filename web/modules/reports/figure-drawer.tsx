import { Link, useRouter } from '@tanstack/react-router'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { listFigureRecords } from '../../../src/modules/reports/report.contract.ts'
import type { OutputOf } from '../../lib/client.ts'
import { useLanguage } from '../../lib/language.ts'
import { useQueryOf } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { ErrorHere, LoadingRows } from '../../ui/messages.tsx'
import { Facts, SidePanel, Tag } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-mark.tsx'
import type { Move, ReportAddress } from './address.ts'
import { BindForm, LeaveForm, useBinding } from './bind-form.tsx'
import { oldNumber, printedOf, type Slot, sameFigure, wordingFails } from './figures.ts'
import { limitWord } from './limits.ts'
import { MonthBars } from './month-bars.tsx'

/** The report that a drawer stands beside: a draft, or a frozen one with its place in the journal. */
export type Report = {
  id: string
  from: string
  to: string
  slots: readonly Slot[]
  frozen?: { idx: number; asOf: number; digest: string }
}

type DrawerProps = { report: Report; slot: Slot; mayBind: boolean; address: ReportAddress; move: Move }

/** Where one figure comes from: value and wording, definition, months, records, evidence, and what can be done. */
export function FigureDrawer({ report, slot, mayBind, address, move }: DrawerProps) {
  const { t } = useTranslation('reports')
  const close = () => move({ figure: undefined, panel: undefined, records: undefined })
  const form = mayBind && (address.panel === 'bind' || address.panel === 'leave') ? address.panel : undefined
  const back = () => move({ panel: undefined })
  const next = slot.no < report.slots.length ? slot.no + 1 : 1
  const foot = (
    <>
      {mayBind && (
        <>
          <Button onClick={() => move({ panel: 'bind' })}>
            {t(slot.state === 'unbound' ? 'drawer.bind' : 'drawer.rebind')}
          </Button>
          {slot.state !== 'left' && <Button onClick={() => move({ panel: 'leave' })}>{t('drawer.leave')}</Button>}
          {slot.chosen && <AsRead draftId={report.id} slot={slot} onDone={back} />}
        </>
      )}
      <span className="bar-space" />
      <Button type="text" onClick={() => move({ figure: next, panel: undefined, records: undefined })}>
        {t('drawer.next')} ↓
      </Button>
    </>
  )
  return (
    <SidePanel
      title={t('drawer.title', { no: slot.no })}
      note={slot.metric ?? undefined}
      onClose={close}
      {...(form ? {} : { foot })}
    >
      <ValueHead slot={slot} />
      {form === 'bind' && <BindForm key={slot.no} draftId={report.id} slot={slot} onDone={back} />}
      {form === 'leave' && <LeaveForm key={slot.no} draftId={report.id} slot={slot} onDone={back} />}
      {!form && <Source report={report} slot={slot} address={address} move={move} />}
    </SidePanel>
  )
}

/** Gives a figure back to what the words of the text mean. */
function AsRead(props: { draftId: string; slot: Slot; onDone: () => void }) {
  const { t } = useTranslation('reports')
  const bind = useBinding(props, t('drawer.asReadDone', { no: props.slot.no }))
  return (
    <Button
      type="text"
      loading={bind.isPending}
      onClick={() => bind.mutate({ draftId: props.draftId, no: props.slot.no, asRead: true })}
    >
      {t('drawer.asRead')}
    </Button>
  )
}

function ValueHead({ slot }: { slot: Slot }) {
  const { t } = useTranslation('reports')
  const language = useLanguage()
  const { count } = useFormats()
  const filled = slot.state === 'filled' && slot.value !== null
  return (
    <div className="drawer-value">
      <p className="one-figure">
        {filled ? count(slot.value ?? 0) : (oldNumber(slot) ?? '*')}{' '}
        <span className="drawer-unit" lang="zh-CN">
          {slot.unit}
        </span>
      </p>
      <div className="drawer-check">
        <p>
          {t('drawer.text', { text: '' })}
          <span lang="zh-CN">{filled ? printedOf(slot) : slot.phrase}</span>
        </p>
        {filled && slot.truth && <StateTag state="done">{slot.truth[language]}</StateTag>}
        {!filled && oldNumber(slot) && <p className="drawer-old">{t('drawer.old')}</p>}
        {slot.state === 'unbound' && <StateTag state="soon">{t('drawer.unbound')}</StateTag>}
        {slot.state === 'left' && <StateTag state="excused">{t('drawer.left')}</StateTag>}
        {slot.state === 'masked' && (
          <StateTag state="unknown">{t(wordingFails(slot) ? 'figures.checkWording' : 'drawer.masked')}</StateTag>
        )}
      </div>
    </div>
  )
}

function Source({ report, slot, address, move }: Omit<DrawerProps, 'mayBind'>) {
  const { t } = useTranslation('reports')
  const language = useLanguage()
  const formats = useFormats()
  const reason = slot.sentence?.[language] ?? slot.why
  const same = sameFigure(report.slots, slot).length
  const limits = Object.entries(slot.params)
  return (
    <>
      <Facts
        rows={[
          ...(slot.definition ? [[t('drawer.counts'), slot.definition[language]] as const] : []),
          ...(limits.length > 0
            ? [
                [
                  t('drawer.limits'),
                  <span key="limits">
                    {limits
                      .map(([name, value]) => limitWord(name, value, language))
                      .join(language === 'zh' ? '、' : ', ')}
                  </span>,
                ] as const,
              ]
            : []),
          ...(slot.state === 'filled'
            ? [
                [t('drawer.period'), t('drawer.periodText', { range: formats.range(report.from, report.to) })] as const,
                [t('drawer.scope'), t('drawer.scopeText')] as const,
              ]
            : []),
          ...(slot.state !== 'filled' && reason ? [[t('drawer.why'), reason] as const] : []),
          ...(slot.counted ? [[t('drawer.how'), howOf(slot, language)] as const] : []),
        ]}
      />
      {slot.state === 'filled' && <Records report={report} slot={slot} address={address} move={move} />}
      {same > 1 && <p className="note drawer-end">{t('drawer.same', { count: same })}</p>}
      {report.frozen && (
        <p className="note drawer-end">
          {t('drawer.evidence', { idx: report.frozen.idx, asOf: report.frozen.asOf })}
          <br />
          <span className="drawer-digest">{t('drawer.digest', { digest: report.frozen.digest })}</span>
        </p>
      )}
    </>
  )
}

/** How a frozen figure was counted, without the definition that stands above it already. */
function howOf(slot: Slot, language: 'zh' | 'en'): string {
  const how = slot.counted?.[language] ?? ''
  const means = slot.definition?.[language] ?? ''
  return how.startsWith(means) ? how.slice(means.length).trim() : how
}

type Answer = OutputOf<typeof listFigureRecords>
const few = 5

function Records({ report, slot, address, move }: Omit<DrawerProps, 'mayBind'>) {
  const { t } = useTranslation('reports')
  const formats = useFormats()
  const { count } = formats
  const all = address.records === 'all'
  const { data, error, refetch } = useQueryOf(
    listFigureRecords,
    { ...(report.frozen ? { reportId: report.id } : { draftId: report.id }), no: slot.no, limit: all ? 500 : few },
    { keep: false },
  )
  if (error) return <ErrorHere error={error} retry={() => void refetch()} focus={false} />
  if (!data) return <LoadingRows rows={4} height={28} />
  if (data.total === 0) return <p className="note drawer-end">{t('drawer.none')}</p>
  const rest = data.total - data.items.length
  const shown = data.items.reduce((sum, item) => sum + item.number, 0)
  const summed = data.months.reduce((sum, { number }) => sum + number, 0) === data.value
  const over = (data.value ?? 0) - shown
  const entered = (['late', 'opening'] as const)
    .flatMap((key) => (data[key] > 0 ? [t(`drawer.${key}Count`, { count: data[key] })] : []))
    .join(t('drawer.and'))
  return (
    <>
      <MonthBars
        from={report.from}
        to={report.to}
        months={data.months}
        unit={slot.unit}
        {...(summed ? {} : { note: t('drawer.monthCount') })}
      />
      <div className="drawer-records">
        <h3>{t('drawer.records', { count: data.total, replace: { count: count(data.total) } })}</h3>
        {data.late + data.opening > 0 && <span className="note">{entered}</span>}
      </div>
      <ul className="drawer-list" data-years={report.to < formats.today.slice(0, 4) || undefined}>
        {data.items.map((item) => (
          <RecordLine key={item.idx} item={item} />
        ))}
      </ul>
      {rest > 0 && !all && (
        <button type="button" className="link drawer-more" onClick={() => move({ records: 'all' })}>
          {t('drawer.more', { count: rest })}
          {summed && t('drawer.moreSum', { sum: `${count(over)} ${slot.unit}` })}
        </button>
      )}
      {all && data.total > few && (
        <button type="button" className="link drawer-more" onClick={() => move({ records: undefined })}>
          {t('drawer.fewer')}
        </button>
      )}
    </>
  )
}

const pageOf: Record<string, string> = { activity: '/activities/$activityId' }

function RecordLine({ item }: { item: Answer['items'][number] }) {
  const { t } = useTranslation(['reports', 'ui'])
  const formats = useFormats()
  const router = useRouter()
  const type = item.type === 'talk' || item.type === 'duty' ? item.type : 'activity'
  const title = item.title ?? t('drawer.untitled', { type: t(`drawer.type.${type}`) })
  const path = pageOf[item.type]
  const day = item.day.length === 7 ? formats.monthOfYear(item.day) : item.day ? formats.day(item.day) : ''
  return (
    <li>
      <span className="note keep">{day}</span>
      <span className="drawer-record">
        {path && path in router.routesByPath && item.title ? (
          <Link to={path as never} params={{ activityId: item.recordId } as never}>
            {title}
          </Link>
        ) : (
          <span title={item.unit ?? undefined}>{title}</span>
        )}
        {item.late && <Tag>{t('drawer.late')}</Tag>}
        {item.opening && <Tag>{t('drawer.opening')}</Tag>}
      </span>
      <span>{formats.count(item.number)}</span>
    </li>
  )
}
