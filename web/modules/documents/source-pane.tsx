import { Button, Select } from 'antd'
import { memo, type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { KeyCap } from '../../ui/key-cap.tsx'
import { FindField } from './find-field.tsx'
import { type Paragraph, paragraphsOf, type Source, sameParagraph, trimmed } from './source-pieces.ts'

/** A place in the source: selected text, or the point where the cursor was put (start = end). */
export type Place = { start: number; end: number }

/** A heading by which the source is jumped through. */
export type Heading = { start: number; level: number; title: string }

type PaneProps = {
  source: Source
  headings: readonly Heading[]
  current: string | undefined
  /** Number of the current draft, for the verb that sets its span. */
  currentNo: number | undefined
  place: Place | null
  onPlace: (place: Place | null) => void
  onDraft: (id: string) => void
  onClause: (start: number) => void
  /** Verbs on selected text; absent for whoever only reads. */
  onRespan?: (() => void) | undefined
  onFresh?: (() => void) | undefined
  onSplit?: (() => void) | undefined
  finding: boolean
  onFinding: (on: boolean) => void
}

const legend = ['confirmed', 'open', 'undecided', 'rejected'] as const

/** The offset in the text of a point of the document tree; undefined outside the source. */
function offsetOf(node: Node, within: number): number | undefined {
  if (node.nodeType === Node.TEXT_NODE) {
    const at = node.parentElement?.closest<HTMLElement>('[data-at]')?.dataset['at']
    return at === undefined ? undefined : Number(at) + within
  }
  if (!(node instanceof HTMLElement)) return undefined
  const own = node.dataset['at']
  const child = node.childNodes[within]
  if (child) return offsetOf(child, 0)
  const pieces = node.querySelectorAll<HTMLElement>('[data-at]')
  const last = own === undefined ? pieces[pieces.length - 1] : node
  return last === undefined ? undefined : Number(last.dataset['at']) + (last.textContent?.length ?? 0)
}

/** What is selected in the source now. */
function placeIn(box: HTMLElement, text: string): Place | null {
  const selection = getSelection()
  if (!selection || selection.rangeCount === 0 || !selection.anchorNode || !selection.focusNode) return null
  if (!box.contains(selection.anchorNode) || !box.contains(selection.focusNode)) return null
  const one = offsetOf(selection.anchorNode, selection.anchorOffset)
  const other = offsetOf(selection.focusNode, selection.focusOffset)
  if (one === undefined || other === undefined) return null
  return one === other
    ? { start: one, end: one }
    : trimmed(text, { start: Math.min(one, other), end: Math.max(one, other) })
}

type LineProps = { text: string; paragraph: Paragraph; current: string | undefined }

function sameLine(one: LineProps, other: LineProps): boolean {
  return one.text === other.text && one.current === other.current && sameParagraph(one.paragraph, other.paragraph)
}

const Lines = memo(function Lines({ text, paragraph, current }: LineProps) {
  const line = paragraph.pieces.map((piece) => (
    <span
      key={piece.start}
      data-at={piece.start}
      data-draft={piece.draft ?? undefined}
      data-clause={piece.clause ?? undefined}
      data-no={piece.numbers.length > 0 ? piece.numbers.join(' ') : undefined}
      className={piece.look ? `span span-${piece.look}${piece.draft === current ? ' span-current' : ''}` : undefined}
    >
      {text.slice(piece.start, piece.end)}
    </span>
  ))
  return paragraph.heading ? <h2 data-line={paragraph.start}>{line}</h2> : <p data-line={paragraph.start}>{line}</p>
}, sameLine)

/** Moves the scroller so that an element stands in it, without a move when it does already. */
function reveal(box: HTMLElement, element: HTMLElement | null): void {
  if (!element) return
  const outer = box.getBoundingClientRect()
  const inner = element.getBoundingClientRect()
  if (inner.top >= outer.top + 8 && inner.bottom <= outer.bottom - 8) return
  box.scrollTop += inner.top - outer.top - outer.height / 3
}

function useHeadingInView(box: RefObject<HTMLDivElement | null>, headings: readonly Heading[]) {
  const [at, set] = useState(0)
  const onScroll = () => {
    const top = box.current?.getBoundingClientRect().top ?? 0
    const lines = [...(box.current?.querySelectorAll<HTMLElement>('[data-line]') ?? [])]
    const line = lines.find((one) => one.getBoundingClientRect().bottom > top + 30)
    const start = Number(line?.dataset['line'] ?? 0)
    set(headings.findLastIndex((heading) => heading.start <= start + 1))
  }
  return { at, onScroll }
}

/** The source text with its spans; selecting text offers a new span or a new draft. */
export function SourcePane(props: PaneProps) {
  const { source, headings, current, place, onPlace } = props
  const { t } = useTranslation('documents')
  const box = useRef<HTMLDivElement>(null)
  const paragraphs = useMemo(() => paragraphsOf(source), [source])
  const section = useHeadingInView(box, headings)
  useEffect(() => {
    const element = current && box.current?.querySelector<HTMLElement>(`[data-draft="${CSS.escape(current)}"]`)
    if (box.current && element) reveal(box.current, element)
  }, [current])

  function jump(start: number) {
    const line = paragraphs.findLast((paragraph) => paragraph.start <= start)
    const element = box.current?.querySelector<HTMLElement>(`[data-line="${line?.start ?? 0}"]`)
    if (!box.current || !element) return
    box.current.scrollTop += element.getBoundingClientRect().top - box.current.getBoundingClientRect().top - 8
  }

  const chosen = place && place.end > place.start
  return (
    <section className="panel review-source" aria-label={t('task.source')}>
      <div className="review-bar">
        {props.finding ? (
          <FindField text={source.text} box={box} onFound={onPlace} onClose={() => props.onFinding(false)} />
        ) : chosen ? (
          <Chosen {...props} count={place.end - place.start} />
        ) : (
          <>
            <Select
              variant="borderless"
              className="review-outline"
              disabled={headings.length === 0}
              aria-label={t('task.outline')}
              value={Math.min(section.at, headings.length - 1)}
              popupMatchSelectWidth={420}
              options={[
                { value: -1, label: t('task.outlineTop') },
                ...headings.map((heading, at) => ({
                  value: at,
                  label: <span style={{ paddingLeft: (heading.level - 1) * 14 }}>{heading.title}</span>,
                })),
              ]}
              onChange={(at) => jump(headings[at]?.start ?? 0)}
            />
            <span className="review-legend">
              {legend.map((look) => (
                <span key={look} className={`span span-${look}`}>
                  {t(`task.legend.${look}`)}
                </span>
              ))}
            </span>
          </>
        )}
      </div>
      {/* The pieces repeat what the list at the right offers by key; the pointer may use them as well. */}
      <section
        ref={box as RefObject<HTMLElement | null> as RefObject<HTMLDivElement>}
        className="review-text doc"
        lang="zh-CN"
        aria-label={t('task.source')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolling by keyboard
        tabIndex={0}
        onScroll={section.onScroll}
        onMouseUp={() => box.current && onPlace(placeIn(box.current, source.text))}
        onKeyUp={(event) => event.shiftKey && box.current && onPlace(placeIn(box.current, source.text))}
        onClick={(event) => {
          const piece = event.target instanceof Element && event.target.closest<HTMLElement>('[data-at]')
          if (!piece || (getSelection()?.toString() ?? '') !== '') return
          const { draft, clause } = piece.dataset
          if (draft) props.onDraft(draft)
          else if (clause !== undefined) props.onClause(Number(clause))
        }}
      >
        {paragraphs.map((paragraph) => (
          <Lines
            key={paragraph.start}
            text={source.text}
            paragraph={paragraph}
            current={paragraph.pieces.some((piece) => piece.draft === current) ? current : undefined}
          />
        ))}
      </section>
    </section>
  )
}

/** The verbs on selected text; they stand in place of the outline. */
function Chosen({
  count,
  currentNo,
  onRespan,
  onFresh,
  onSplit,
  onPlace,
}: Pick<PaneProps, 'currentNo' | 'onRespan' | 'onFresh' | 'onSplit' | 'onPlace'> & { count: number }) {
  const { t } = useTranslation('documents')
  const drop = () => {
    getSelection()?.removeAllRanges()
    onPlace(null)
  }
  return (
    <div className="review-chosen">
      <b role="status">{t('task.chosen', { count })}</b>
      {onRespan && currentNo !== undefined && (
        <Button size="small" onClick={onRespan}>
          {t('task.respanFor', { no: currentNo })} <KeyCap>R</KeyCap>
        </Button>
      )}
      {onSplit && (
        <Button size="small" onClick={onSplit}>
          {t('task.split')} <KeyCap>S</KeyCap>
        </Button>
      )}
      {onFresh && (
        <Button size="small" onClick={onFresh}>
          {t('task.fresh')}
        </Button>
      )}
      <button type="button" className="link" onClick={drop}>
        {t('task.drop')}
      </button>
    </div>
  )
}
