import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, type ReactNode, useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { type Formats, makeFormats } from '../../lib/format.ts'
import { useLanguage } from '../../lib/language.ts'
import { Tag } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-mark.tsx'
import type { StateName } from '../../ui/states.ts'
import { type Order, useKindNames } from '../duties/names.ts'
import { ProposalState } from './proposal.tsx'
import { type Draft, isUnowned, waits } from './review-work.ts'

const virtualFrom = 100
const rowHeight = 34
const formHeight = 214

/** A draft with its number in the document. */
export type NumberedDraft = { draft: Draft; no: number }

const states: Record<Draft['state'], StateName> = {
  open: 'notdue',
  confirmed: 'done',
  rejected: 'excused',
  assigned: 'done',
}

/** What became of a draft, as mark and word. */
function DraftState({ draft }: { draft: Draft }) {
  const { t } = useTranslation('documents')
  if (draft.state === 'open' && draft.mode !== 'do')
    return <span className="note">{t(`task.state.${draft.mode}`)}</span>
  if (draft.state === 'rejected' && draft.proposal)
    return <StateTag state="excused">{t('task.proposal.leave')}</StateTag>
  if (draft.state === 'open' && draft.proposal) return <ProposalState proposal={draft.proposal} />
  if (waits(draft) && isUnowned(draft)) return <StateTag state="unknown">{t('task.state.missing')}</StateTag>
  return <StateTag state={states[draft.state]}>{t(`task.state.${draft.state}`)}</StateTag>
}

const Row = memo(function Row({
  item,
  order,
  formats,
  onOpen,
}: {
  item: NumberedDraft
  order: Order
  formats: Formats
  onOpen: (id: string) => void
}) {
  const { t } = useTranslation('documents')
  const names = useKindNames()
  const { draft, no } = item
  const { fields } = draft
  const subject = fields.subject.join('、') || (fields.leadUnitId ? order.unitName(fields.leadUnitId) : '')
  const when = fields.deadline ? formats.day(fields.deadline) : (fields.cadence ?? fields.deadlineText)
  const missing = (text: string | null) =>
    text || (draft.mode === 'do' ? <span className="draft-warn">{t('task.notSaid')}</span> : '')
  return (
    <button type="button" className="plain draft-row" onClick={() => onOpen(draft.id)}>
      <span className="draft-no">{no}</span>
      <span className="draft-text" lang="zh-CN">
        {draft.title}
      </span>
      <span className="draft-kind" title={names.kind(fields.kind)}>
        <Tag>{names.kind(fields.kind)}</Tag>
      </span>
      <span className="draft-cell" lang="zh-CN">
        {missing(subject)}
      </span>
      <span className="draft-cell">{missing(when)}</span>
      <span className="draft-cell">
        <DraftState draft={draft} />
      </span>
    </button>
  )
})

type ListProps = {
  items: readonly NumberedDraft[]
  current: string | undefined
  /** Year of the list to which the document speaks; its days are written without the year. */
  year: number
  order: Order
  onOpen: (id: string) => void
  /** The open draft as a form. */
  form: (item: NumberedDraft) => ReactNode
}

/** The drafts, one a row; the open one unfolds in its place. Only rows in view exist from a hundred on. */
export function DraftList({ items, current, year, order, onOpen, form }: ListProps) {
  const { t } = useTranslation('documents')
  const language = useLanguage()
  const formats = useMemo(() => makeFormats(language, `${year}-01-01`), [language, year])
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = items.length >= virtualFrom
  const place = items.findIndex((item) => item.draft.id === current)
  const virtualizer = useVirtualizer({
    count: items.length,
    enabled: virtual,
    getScrollElement: () => scroller.current,
    estimateSize: (at) => (at === place ? formHeight : rowHeight),
    getItemKey: (at) => items[at]?.draft.id ?? at,
    overscan: 10,
  })
  const reach = useRef((_at: number) => {})
  reach.current = (at) => {
    if (virtual) virtualizer.scrollToIndex(at, { align: 'auto' })
    requestAnimationFrame(() => bringIntoView(scroller.current))
  }
  useEffect(() => {
    if (current !== undefined && place >= 0) reach.current(place)
  }, [current, place])
  const shown = virtual ? virtualizer.getVirtualItems() : items.map((_, index) => ({ index, start: 0 }))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolling by keyboard
    <section className="review-rows" ref={scroller} aria-label={t('task.drafts')} tabIndex={0}>
      <ol style={virtual ? { height: virtualizer.getTotalSize(), position: 'relative' } : undefined}>
        {shown.map(({ index, start }) => {
          const item = items[index]
          if (!item) return null
          const open = item.draft.id === current
          return (
            <li
              key={item.draft.id}
              ref={virtual ? virtualizer.measureElement : undefined}
              data-index={index}
              data-current={open || undefined}
              aria-current={open ? 'true' : undefined}
              aria-posinset={index + 1}
              aria-setsize={items.length}
              style={virtual ? { position: 'absolute', top: start, left: 0, right: 0 } : undefined}
            >
              {open ? form(item) : <Row item={item} order={order} formats={formats} onOpen={onOpen} />}
            </li>
          )
        })}
      </ol>
    </section>
  )
}

/** Brings the open draft into view and gives it the focus, unless a field of it has it already. */
function bringIntoView(box: HTMLElement | null): void {
  const open = box?.querySelector<HTMLElement>('[data-current]')
  if (!box || !open) return
  const outer = box.getBoundingClientRect()
  const inner = open.getBoundingClientRect()
  if (inner.top < outer.top) box.scrollTop += inner.top - outer.top - rowHeight
  else if (inner.bottom > outer.bottom) box.scrollTop += inner.bottom - outer.bottom + rowHeight
  if (box.contains(document.activeElement) && document.activeElement !== box && !open.contains(document.activeElement))
    box.focus({ preventScroll: true })
}
