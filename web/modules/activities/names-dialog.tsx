import { Button, Input, Modal } from 'antd'
import type { TextAreaRef } from 'antd/es/input/TextArea'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { findPersons } from '../../../src/modules/organisation/person.contract.ts'
import { useQueryOf } from '../../lib/queries.ts'
import { StateTag } from '../../ui/state-mark.tsx'
import type { Draft, Listed } from './draft.ts'
import { activityKind, awayUnsaid } from './kinds.ts'
import { matchNames } from './names.ts'

type DialogProps = {
  open: boolean
  draft: Draft
  roster: readonly Listed[]
  onChange: (change: Partial<Draft>) => void
  onClose: () => void
}

/** A name that the roster does not have: persons of the bureau who could be meant. */
function Unmatched({ name, draft, onAdd }: { name: string; draft: Draft; onAdd: (person: Listed) => void }) {
  const { t } = useTranslation('activities')
  const noGuests = activityKind(draft.kind)?.mayVote ?? false
  const { data } = useQueryOf(
    findPersons,
    { name, ...(draft.happenedOn ? { on: draft.happenedOn } : {}) },
    { enabled: !noGuests, keep: false },
  )
  const found = (data?.items ?? []).filter((person) => person.name === name)
  return (
    <li className="unmatched">
      <StateTag state="unknown">{name}</StateTag>
      {noGuests && <span className="note">{t('paste.noGuests')}</span>}
      {found.map((person) => (
        <Button key={person.personId} size="small" onClick={() => onAdd(person)}>
          {t('paste.add', { name, units: person.units.map((unit) => unit.name).join('、') })}
        </Button>
      ))}
      {!noGuests && data && found.length === 0 && <span className="note">{t('paste.nobody')}</span>}
    </li>
  )
}

/** Pasted names become the attendance; names that the roster does not have are listed to choose. */
export function NamesDialog({ open, draft, roster, onChange, onClose }: DialogProps) {
  const { t } = useTranslation('activities')
  const [text, write] = useState('')
  const field = useRef<TextAreaRef>(null)
  const [left, setLeft] = useState<{ matched: number; names: readonly string[]; twice: readonly string[] } | null>(null)
  useEffect(() => {
    if (!open) return
    write('')
    setLeft(null)
  }, [open])
  const apply = () => {
    const { matched, unmatched, twice } = matchNames(text, roster)
    const away = roster
      .filter(({ personId, name }) => !matched.has(personId) && !twice.includes(name ?? ''))
      .map(({ personId }) => [personId, draft.away[personId] || awayUnsaid()])
    onChange({ away: Object.fromEntries(away), listed: null, guests: [] })
    if (unmatched.length === 0 && twice.length === 0) onClose()
    else setLeft({ matched: matched.size, names: unmatched, twice })
  }
  const add = (person: Listed) => {
    onChange({ guests: [...draft.guests, { personId: person.personId, name: person.name }] })
    setLeft(left && { ...left, names: left.names.filter((name) => name !== person.name) })
  }
  return (
    <Modal
      open={open}
      title={t('paste.title')}
      width={560}
      onCancel={onClose}
      afterOpenChange={(shown) => shown && field.current?.focus()}
      footer={
        <div className="confirm-buttons">
          {left ? (
            <Button type="primary" onClick={onClose}>
              {t('paste.done')}
            </Button>
          ) : (
            <Button type="primary" disabled={text.trim() === ''} onClick={apply}>
              {t('paste.verb')}
            </Button>
          )}
        </div>
      }
    >
      {left ? (
        <div role="status">
          <p>
            {t('paste.matched', { count: left.matched })}
            {left.names.length > 0 && t('paste.unmatched', { count: left.names.length })}
          </p>
          {left.twice.length > 0 && (
            <p className="note">
              {left.twice.join('、')}: {t('paste.twice')}
            </p>
          )}
          <ul className="unmatched-list">
            {left.names.map((name) => (
              <Unmatched key={name} name={name} draft={draft} onAdd={add} />
            ))}
          </ul>
        </div>
      ) : (
        <>
          <p className="note">{t('paste.note')}</p>
          <Input.TextArea
            ref={field}
            aria-label={t('paste.label')}
            rows={6}
            value={text}
            onChange={({ target }) => write(target.value)}
          />
        </>
      )}
    </Modal>
  )
}
