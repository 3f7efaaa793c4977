import { Input, type InputRef } from 'antd'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Place } from './source-pane.tsx'

/** Where a text stands in another, one after another. */
function placesOf(text: string, wanted: string): number[] {
  const places: number[] = []
  if (wanted === '') return places
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) places.push(at)
  return places
}

/** Selects a stretch of the source and brings it into view. */
function select(box: HTMLElement, start: number, end: number): void {
  const pieces = [...box.querySelectorAll<HTMLElement>('[data-at]')]
  const pointAt = (offset: number, last: boolean) => {
    const piece = pieces.findLast((one) =>
      last ? Number(one.dataset['at']) < offset : Number(one.dataset['at']) <= offset,
    )
    const node = piece?.firstChild
    if (!piece || !node) return undefined
    return { node, piece, at: Math.min(offset - Number(piece.dataset['at']), node.textContent?.length ?? 0) }
  }
  const from = pointAt(start, false)
  const to = pointAt(end, true)
  if (!from || !to) return
  getSelection()?.setBaseAndExtent(from.node, from.at, to.node, to.at)
  const outer = box.getBoundingClientRect()
  const inner = from.piece.getBoundingClientRect()
  if (inner.top < outer.top || inner.bottom > outer.bottom) box.scrollTop += inner.top - outer.top - outer.height / 3
}

/** Finds in the source: each Enter goes to the next place, Esc ends; the place found is selected. */
export function FindField({
  text,
  box,
  onFound,
  onClose,
}: {
  text: string
  box: RefObject<HTMLElement | null>
  onFound: (place: Place) => void
  onClose: () => void
}) {
  const { t } = useTranslation('documents')
  const field = useRef<InputRef>(null)
  const [wanted, write] = useState('')
  const [at, set] = useState(-1)
  const places = placesOf(text, wanted)
  useEffect(() => field.current?.focus(), [])

  function next(step: 1 | -1) {
    if (places.length === 0) return
    const to = (at + step + places.length) % places.length
    const start = places[to] ?? 0
    set(to)
    if (box.current) select(box.current, start, start + wanted.length)
    onFound({ start, end: start + wanted.length })
    field.current?.focus({ preventScroll: true })
  }

  return (
    <div className="review-find">
      <Input
        ref={field}
        size="small"
        lang="zh-CN"
        aria-label={t('task.find')}
        placeholder={t('task.findHint')}
        value={wanted}
        onChange={({ target }) => {
          write(target.value)
          set(-1)
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Enter') next(event.shiftKey ? -1 : 1)
          if (event.key === 'Escape') onClose()
          if (event.key === 'Enter' || event.key === 'Escape') event.preventDefault()
        }}
      />
      <span className="note" role="status">
        {wanted !== '' && places.length === 0 && t('task.findNone', { text: wanted })}
        {at >= 0 && places.length > 0 && t('task.findAt', { at: at + 1, all: places.length })}
      </span>
      <button type="button" className="link" onClick={onClose}>
        {t('task.drop')}
      </button>
    </div>
  )
}
