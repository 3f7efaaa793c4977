import { Input, type InputRef } from 'antd'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { amendDuty } from '../../../src/modules/duties/duty.contract.ts'
import type { InputOf } from '../../lib/client.ts'
import { useVerb } from '../../lib/queries.ts'
import type { DutyRow } from './marks.tsx'

type Change = Omit<InputOf<typeof amendDuty>, 'id' | 'reason'>

/** What a cell of the list changes: how it is typed, and the change that the typed text makes. */
export type Edited = { text: string; change: (text: string) => Change; type?: 'date' }

/** One cell edited in place: Enter saves, Esc reverts, F2 goes on; after issue the reason is asked in the same place. */
export function CellEditor({
  duty,
  edited,
  onClose,
  onNext,
}: {
  duty: DutyRow
  edited: Edited
  onClose: () => void
  /** Goes to the next cell of the row that can be edited. */
  onNext: () => void
}) {
  const { t } = useTranslation(['duties', 'dutySheet'])
  const [text, write] = useState(edited.text)
  const [reason, say] = useState('')
  const first = useRef<InputRef>(null)
  const why = useRef<InputRef>(null)
  const amend = useVerb(amendDuty, { touches: ['duty', 'list', 'obligation'], onDone: onClose })
  useEffect(() => first.current?.select(), [])
  const needsReason = duty.status !== 'draft'
  const save = () => {
    const typed = text.trim()
    if (typed === edited.text.trim()) return onClose()
    if (needsReason && reason.trim() === '') return why.current?.focus()
    amend.mutate({ id: duty.id, ...edited.change(typed), ...(reason.trim() ? { reason: reason.trim() } : {}) })
  }
  const keys = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.key === 'Escape') onClose()
    if (event.key === 'F2') onNext()
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) save()
  }
  return (
    <div className="cell-editor">
      <Input
        ref={first}
        size="small"
        autoFocus
        type={edited.type ?? 'text'}
        lang="zh-CN"
        aria-label={t('dutySheet:cell.value')}
        disabled={amend.isPending}
        value={text}
        onChange={({ target }) => write(target.value)}
        onKeyDown={keys}
      />
      {needsReason && (
        <Input
          ref={why}
          size="small"
          lang="zh-CN"
          aria-label={t('amend.reason')}
          placeholder={t('dutySheet:cell.reason')}
          disabled={amend.isPending}
          value={reason}
          onChange={({ target }) => say(target.value)}
          onKeyDown={keys}
        />
      )}
      {amend.error && (
        <span className="cell-fault" role="alert">
          {amend.error.message}
        </span>
      )}
    </div>
  )
}
