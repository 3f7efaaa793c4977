import { SearchOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useKeys } from '../lib/keys.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import './search-box.css'

/** The search field of the top bar: `/` or Ctrl K goes there, Enter looks. */
export function SearchBox() {
  const { t } = useTranslation('shell')
  const navigate = useNavigate()
  const field = useRef<HTMLInputElement>(null)
  const [text, write] = useState('')
  const focus = () => {
    field.current?.focus()
    field.current?.select()
  }
  useKeys([
    { keys: 'Ctrl K', label: t('search.name'), group: 'everywhere', run: focus },
    { keys: '/', label: t('search.name'), group: 'everywhere', run: focus },
  ])
  return (
    <search className="bar-search">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          const q = text.trim()
          if (q) void navigate({ to: '/search', search: { q } })
          field.current?.blur()
        }}
      >
        <SearchOutlined aria-hidden="true" />
        <input
          ref={field}
          type="search"
          maxLength={60}
          aria-label={t('search.name')}
          placeholder={t('search.hint')}
          value={text}
          onChange={({ target }) => write(target.value)}
          onKeyDown={({ key }) => key === 'Escape' && field.current?.blur()}
        />
        <KeyCap>Ctrl K</KeyCap>
      </form>
    </search>
  )
}
