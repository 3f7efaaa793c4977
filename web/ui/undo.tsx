import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useKeys } from '../lib/keys.ts'
import { KeyCap } from './key-cap.tsx'

/** What was done and how it is taken back; `seconds` is data of the bureau, 10 by default. */
export type Undoable = { text: string; undo: () => void; seconds?: number }

const Offer = createContext<(what: Undoable) => void>(() => {})

/** Offers the undo of what was just done, bottom left, key Z. */
export function useUndo(): (what: Undoable) => void {
  return useContext(Offer)
}

/** The dark toast itself. */
export function UndoToast({ text, onUndo, inline }: { text: string; onUndo: () => void; inline?: boolean }) {
  const { t } = useTranslation('ui')
  return (
    <div className="undo" role="status" data-inline={inline || undefined}>
      <span>{text}</span>
      <button type="button" onClick={onUndo}>
        {t('undo')}
      </button>
      <KeyCap>Z</KeyCap>
    </div>
  )
}

function Standing({ what, onEnd }: { what: Undoable; onEnd: () => void }) {
  const { t } = useTranslation('ui')
  const [held, hold] = useState(false)
  useEffect(() => {
    if (held) return
    const timer = setTimeout(onEnd, (what.seconds ?? 10) * 1000)
    return () => clearTimeout(timer)
  }, [what, held, onEnd])
  const undo = () => {
    onEnd()
    what.undo()
  }
  useKeys([{ keys: 'Z', label: t('undo'), group: 'page', run: undo }])
  return (
    // The pointer or the focus on it stops the clock, so nobody has to hurry.
    // biome-ignore lint/a11y/noStaticElementInteractions: only stops the clock
    <div
      onMouseEnter={() => hold(true)}
      onMouseLeave={() => hold(false)}
      onFocus={() => hold(true)}
      onBlur={() => hold(false)}
    >
      <UndoToast text={what.text} onUndo={undo} />
    </div>
  )
}

/** Holds the one undo that can be taken now. */
export function UndoProvider({ children }: { children: ReactNode }) {
  const [what, offer] = useState<Undoable | null>(null)
  const end = useCallback(() => offer(null), [])
  const value = useMemo(() => (next: Undoable) => offer(next), [])
  return (
    <Offer value={value}>
      {children}
      {what && <Standing what={what} onEnd={end} />}
    </Offer>
  )
}
